import { plainAddress, wayOf } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { ScanPlace } from '#shared/commissioning/contract.ts'
import { addressesIn } from '#shared/commissioning/ranges.ts'
import { checkAddress } from '#shared/devices/sound-address.ts'
import { protocolOf } from '#shared/devices/way.ts'
import { Failure } from '#shared/failures.ts'

/** Addresses that share a line and are asked one after another. */
export type Lane = readonly Address[]

/** Throws device.badAddress, scan.badRange or input.invalid for what cannot be scanned. */
export function lanesOf(place: ScanPlace): Lane[] {
  if (place.kind === 'subnet') {
    const units = [...new Set(place.units)]
    return addressesIn(place.range).map((host) => units.map((unit) => ({ host, port: place.port, unit })))
  }
  const { line, from, to } = place
  if (to < from) throw new Failure('input.invalid', { fields: `to: ${to} comes before ${from}` })
  if (protocolOf(wayOf(line)) !== 'modbus')
    throw new Failure('input.invalid', { fields: `line.way: ${wayOf(line)} cannot be scanned here` })
  const lane = Array.from({ length: to - from + 1 }, (_, i) => plainAddress({ ...line, unit: from + i }))
  for (const address of lane) checkAddress(address)
  return [lane]
}
