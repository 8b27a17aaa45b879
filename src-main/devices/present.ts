import type { Device, PointInfo } from '#shared/devices/contract.ts'
import { offValue, shownDecimals } from '#shared/devices/codec.ts'
import type { Point, Write } from '#shared/devices/profile.ts'
import { barOf } from '#shared/devices/writing.ts'
import { units } from '#shared/units.ts'
import type { PlantDevice } from '../plant.ts'

/** A device as clients see it. */
export function presentDevice(device: PlantDevice): Device {
  const { id, name, place, address, profile, recognised, chosen, simulated, identity, contact, addedAt } = device
  const key = profile.key.flatMap((point) => {
    const i = profile.points.findIndex((candidate) => candidate.id === point)
    const found = profile.points[i]
    const series = device.series[i]
    return found && series !== undefined ? [presentPoint(device, found, series)] : []
  })
  const serviceLog = profile.serviceLog ?? null
  const tags = [...device.tags]
  return { id, name, place, address, profile: profile.id, recognised, chosen, tags, simulated, identity, contact, key, addedAt, serviceLog }
}

export function presentPoints(device: PlantDevice): PointInfo[] {
  return device.profile.points.flatMap((point, i) => {
    const series = device.series[i]
    return series === undefined ? [] : [presentPoint(device, point, series)]
  })
}

/** A point of a device as clients see it. */
export function presentPoint(device: PlantDevice, point: Point, series: number): PointInfo {
  return {
    id: point.id,
    series,
    number: point.number,
    is: point.is,
    unit: units[point.is],
    decimals: shownDecimals(point),
    role: point.role,
    title: point.title ?? null,
    values: point.values ?? null,
    text: point.text ?? null,
    off: offValue(point),
    write: point.write ? presentWrite(device, point, point.write) : null,
    factory: point.factory ?? null,
    automatic: point.automatic ? [...point.automatic] : null,
    unverified: point.unverified,
    served: isServed(device, point),
    configurable: point.configurable ?? false,
    ...(point.formula && { formula: point.formula }),
  }
}

export function isServed({ unserved }: PlantDevice, point: Point): boolean {
  return !unserved.some(({ area, address }) => area === point.area && address === point.address)
}

/** What a person confirms before the point is changed. */
export function warningsOf({ write, unverified }: Point): NonNullable<PointInfo['write']>['warn'] {
  return [...(write?.warn ? [write.warn] : []), ...(unverified ? (['unverified'] as const) : [])]
}

export function barredBy(device: PlantDevice, point: Point): NonNullable<PointInfo['write']>['barred'] {
  return isServed(device, point) ? barOf(point, device.profile) : 'unserved'
}

function presentWrite(device: PlantDevice, point: Point, { min, max, step, only, level }: Write): PointInfo['write'] {
  const bounds = {
    min,
    max,
    step: step ?? (point.as === 'float32' ? 10 ** -shownDecimals(point) : Math.abs(point.scale)),
    ...(only ? { only } : {}),
  }
  return { ...bounds, level, warn: warningsOf(point), barred: barredBy(device, point) }
}
