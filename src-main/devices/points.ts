import type { Handlers } from '#shared/contract.ts'
import type { PlantDevice } from '../plant.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { Point, PointRole } from '#shared/devices/profile.ts'
import { units, type Quantity } from '#shared/units.ts'
import type { OwnedPoint, PointKind, pointQuestions } from '#shared/devices/points-contract.ts'
import { across } from './across.ts'
import { isServed, presentPoint } from './present.ts'
import { createPointWords } from './point-words.ts'

type Filter = {
  search?: string | undefined
  tag?: string[] | undefined
  role?: PointRole[] | undefined
  is?: Quantity[] | undefined
}
type Wanted = Filter & { devices?: string[] | undefined; point?: string[] | undefined }
type Found = { device: PlantDevice; point: Point; series: number }

/** Finds points among those of all devices. */
export function createPointQuestions(host: Host): Handlers<typeof pointQuestions, Context> {
  const wordsOf = createPointWords(`${host.layout.resources}/locales`)

  /** Calls `found` with every point that fits, device by device in the order of their names. */
  const each = (wanted: Wanted, found: (one: Found) => void) => {
    const asked = (wanted.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const only = wanted.devices && new Set(wanted.devices)
    const points = wanted.point && new Set(wanted.point)
    const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
    const devices = host.plant
      .all()
      .filter((device) => (!only || only.has(device.id)) && (wanted.tag ?? []).every((tag) => device.tags.includes(tag)))
      .sort((a, b) => names.compare(a.name, b.name) || names.compare(a.place, b.place))
    for (const device of devices) {
      const said = `${device.name} ${device.place} ${device.tags.join(' ')}`.toLowerCase()
      const left = asked.filter((word) => !said.includes(word))
      const { points: all } = device.profile
      for (let i = 0; i < all.length; i++) {
        const point = all[i]
        const series = device.series[i]
        if (!point || series === undefined) continue
        if (points && !points.has(point.id)) continue
        if (wanted.role && !wanted.role.includes(point.role)) continue
        if (wanted.is && !wanted.is.includes(point.is)) continue
        if (left.length > 0 && !matches(wordsOf(point), left)) continue
        if (device.unserved.length > 0 && !isServed(device, point)) continue
        found({ device, point, series })
      }
    }
  }

  return {
    points({ series, limit, ...wanted }) {
      if (series) {
        const points = [...new Set(series)].flatMap((one) => {
          const owner = host.plant.ownerOf(one)
          return owner ? [owned({ ...owner, series: one })] : []
        })
        return { points: points.slice(0, limit), total: points.length }
      }
      const points: OwnedPoint[] = []
      let total = 0
      each(wanted, (one) => {
        total += 1
        if (points.length < limit) points.push(owned(one))
      })
      return { points, total }
    },

    pointKinds(wanted) {
      const kinds = new Map<string, PointKind>()
      each(wanted, ({ point }) => {
        const key = `${point.id} ${point.is}`
        const kind = kinds.get(key)
        if (kind) kind.devices += 1
        else kinds.set(key, kindOf(point))
      })
      return { kinds: [...kinds.values()] }
    },

    pointsAcross: ({ point }) => across(host, [...new Set(point)]),
  }
}

function matches(said: string, words: readonly string[]): boolean {
  return words.every((word) => said.includes(word))
}

function owned({ device, point, series }: Found): OwnedPoint {
  return { device: device.id, deviceName: device.name, place: device.place, point: presentPoint(device, point, series) }
}

function kindOf(point: Point): PointKind {
  return {
    id: point.id,
    title: point.title ?? null,
    is: point.is,
    unit: units[point.is],
    role: point.role,
    number: point.number,
    devices: 1,
  }
}
