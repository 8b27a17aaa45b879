import { textOf } from '#shared/devices/text.ts'
import type { Point } from '#shared/devices/profile.ts'
import type { MeterIdentityInfo } from '#shared/meters/telegram-view.ts'
import { meterChecks, meterValues } from '#shared/meters/contract.ts'
import type { Latest } from '../latest.ts'
import type { PlantDevice } from '../plant.ts'

/** The meters that a device may have: itself, when it is read over M-Bus, or those that its profile has places for. */
export function partsOf({ profile }: PlantDevice): string[] {
  if (profile.protocol === 'mbus') return ['']
  const parts = profile.points.map(({ id }) => /^(meter\d+)\.(energy|volume)$/.exec(id)?.[1])
  return [...new Set(parts.filter((part) => part !== undefined))]
}

export const meterId = (device: string, part: string) => (part === '' ? device : `${device}.${part}`)

/** A point of a meter by what it is called in every meter, with its series. */
export function pointOf(device: PlantDevice, part: string, name: string): { point: Point; series: number } | undefined {
  const id = part === '' ? (ownNames[name] ?? name) : `${part}.${name}`
  const i = device.profile.points.findIndex((point) => point.id === id)
  const point = device.profile.points[i]
  const series = device.series[i]
  return point && series !== undefined ? { point, series } : undefined
}

const ownNames: Record<string, string> = { serial: 'meterSerial', status: 'meterStatus' }

export function valuesOf(device: PlantDevice, part: string): Partial<Record<(typeof meterValues)[number], number>> {
  return Object.fromEntries(
    meterValues.flatMap((name) => {
      const found = pointOf(device, part, name)
      return found ? [[name, found.series]] : []
    }),
  )
}

/** Series of what a meter says of itself. The status that a controller keeps of a meter is the controller’s own. */
export function checksOf(device: PlantDevice, part: string): Partial<Record<(typeof meterChecks)[number], number>> {
  return Object.fromEntries(
    meterChecks.flatMap((name) => {
      const found = part === '' || name === 'operatingTime' ? pointOf(device, part, name) : undefined
      return found ? [[name, found.series]] : []
    }),
  )
}

/** Addresses by which a controller says that it reads no meter at this place. */
const noMeter = new Set([0, 255])

/** After a start, what history has counts too. */
const known = new Set(['good', 'stale'])

/** Whether a meter is really there: it has counted something, and the controller does not say that the place is empty. */
export function isPresent(device: PlantDevice, part: string, latest: Latest): boolean {
  const valueOf = (name: string) => {
    const found = pointOf(device, part, name)
    const reading = found && latest.get(found.series)
    return reading && known.has(reading.quality) ? reading.value : null
  }
  const address = valueOf('address')
  const bySecondary = valueOf('useSecondaryAddress') === 1
  if (address !== null && noMeter.has(address) && !bySecondary) return false
  return (valueOf('energy') ?? 0) > 0 || (valueOf('volume') ?? 0) > 0
}

/** Who a meter is, as far as its points say it now. */
export function identityNow(device: PlantDevice, part: string, latest: Latest): MeterIdentityInfo {
  const read = (name: string) => {
    const found = pointOf(device, part, name)
    const reading = found && latest.get(found.series)
    return found && reading?.quality === 'good' && reading.value !== null ? { point: found.point, value: reading.value } : null
  }
  const text = (name: string) => {
    const found = read(name)
    return found?.point.text ? textOf(found.point.text, found.value) : null
  }
  const medium = read('medium')
  const serial = text('serial')
  return {
    serial: serial === null || serial === '0' ? null : serial.padStart(8, '0'),
    maker: text('maker'),
    medium: medium?.point.values?.[String(medium.value)]?.replace(/^medium\./, '') ?? null,
    version: read('version')?.value ?? null,
  }
}
