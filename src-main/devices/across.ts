import { offValue, shownDecimals } from '#shared/devices/codec.ts'
import type { CellShape, PointsAcross } from '#shared/devices/points-contract.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { qualities } from '#shared/reading.ts'
import { units } from '#shared/units.ts'
import type { Host } from '../capability.ts'
import { isServed } from './present.ts'

/** One row for each device that has any of the points, with the newest reading of each. */
export function across(host: Pick<Host, 'plant' | 'latest'>, asked: readonly string[]): PointsAcross {
  const shapes: CellShape[] = []
  const shapeAt = new Map<string, number>()
  const shapeOf = (point: Point): number => {
    const shape = cellShape(point)
    const key = JSON.stringify(shape)
    const place = shapeAt.get(key) ?? shapes.push(shape) - 1
    shapeAt.set(key, place)
    return place
  }
  // Devices of one profile have their points at the same places.
  const places = new Map<FlatProfile, ({ at: number; point: Point; shape: number } | null)[]>()
  const placesIn = (profile: FlatProfile) => {
    const known = places.get(profile)
    if (known) return known
    const found = asked.map((id) => {
      const at = profile.points.findIndex((point) => point.id === id)
      const point = profile.points[at]
      return point ? { at, point, shape: shapeOf(point) } : null
    })
    places.set(profile, found)
    return found
  }
  const rows = host.plant.all().flatMap((device) => {
    const cells = placesIn(device.profile).map((place) => {
      const series = place && isServed(device, place.point) ? device.series[place.at] : undefined
      if (!place || series === undefined) return absent
      const reading = host.latest.get(series)
      if (!reading) return { ...absent, series, shape: place.shape }
      return { series, shape: place.shape, value: reading.value, quality: qualities.indexOf(reading.quality), at: reading.at }
    })
    if (cells.every(({ series }) => series === null)) return []
    return [
      {
        device: device.id,
        series: cells.map(({ series }) => series),
        shape: cells.map(({ shape }) => shape),
        value: cells.map(({ value }) => value),
        quality: cells.map(({ quality }) => quality),
        at: cells.map(({ at }) => at),
      },
    ]
  })
  return { points: [...asked], shapes, rows }
}

const absent: { series: number | null; shape: number; value: number | null; quality: number; at: number } = {
  series: null,
  shape: -1,
  value: null,
  quality: -1,
  at: 0,
}

function cellShape(point: Point): CellShape {
  return {
    id: point.id,
    title: point.title ?? null,
    is: point.is,
    unit: units[point.is],
    decimals: shownDecimals(point),
    role: point.role,
    values: point.values ?? null,
    off: offValue(point),
    text: point.text ?? null,
  }
}
