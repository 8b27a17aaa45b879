import { protocolAt, wayOf } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import { isSerial } from '#shared/devices/way.ts'
import { Failure } from '#shared/failures.ts'
import type { Plant, PlantDevice } from '../plant.ts'

/**
 * Throws device.duplicate when a device is read at the address already, by whatever framing, and device.lineDiffers when a serial
 * port is in use with other settings: it can have only one at a time.
 */
export function refuseTaken(plant: Plant, address: Address, except?: string): void {
  const others = plant.all().filter(({ id }) => id !== except)
  const taken = others.find((device) => isSameDevice(device.address, address))
  if (taken) throw new Failure('device.duplicate', { name: taken.name, host: address.host, port: address.port, unit: address.unit })
  const clash = isSerial(wayOf(address)) ? others.find((device) => usesDifferently(device, address)) : undefined
  if (clash) throw new Failure('device.lineDiffers', { name: clash.name, host: address.host, settings: settingsOf(clash.address) })
}

/** Modbus TCP and RTU over TCP at one place are two ways to ask the same device. */
export function isSameDevice(a: Address, b: Address): boolean {
  return (
    a.port === b.port &&
    a.unit === b.unit &&
    (a.member ?? '') === (b.member ?? '') &&
    (a.endpoint?.path ?? '') === (b.endpoint?.path ?? '') &&
    protocolAt(a) === protocolAt(b) &&
    isSameHost(a, b)
  )
}

/** The path of a serial port is taken as it is; names of hosts are the same in small and capital letters. */
function isSameHost(a: Address, b: Address): boolean {
  if (a.host === b.host) return true
  return a.host.length === b.host.length && !isSerial(wayOf(a)) && a.host.toLowerCase() === b.host.toLowerCase()
}

/** Meters of one line may differ in speed; the parity is that of the port. */
function usesDifferently({ address }: PlantDevice, wanted: Address): boolean {
  if (!isSerial(wayOf(address)) || address.host !== wanted.host) return false
  if (wayOf(address) !== wayOf(wanted)) return true
  return protocolAt(wanted) === 'modbus' && settingsOf(address) !== settingsOf(wanted)
}

function settingsOf({ serial }: Address): string {
  return serial ? `${serial.baud} 8${serial.parity.charAt(0).toUpperCase()}${serial.stop}` : ''
}
