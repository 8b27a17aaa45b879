import { offValue, shownDecimals } from '#shared/devices/codec.ts'
import { coverage } from '#shared/devices/coverage.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { Coverage, profilePointSchema } from '#shared/profiles/contract.ts'
import { isOwn } from '#shared/profiles/name.ts'
import { units } from '#shared/units.ts'
import type { z } from 'zod'
import type { Shelf } from '../shelf.ts'

/** Every profile of the shelf as clients see it, and the own files that cannot be used. `uses`: id → number of devices. */
export function presentShelf(shelf: Shelf, uses: ReadonlyMap<string, number>): Coverage[] {
  const rows = coverage(shelf.profiles).map((row) => ({
    ...row,
    protocol: shelf.find(row.profile)?.protocol ?? 'modbus',
    own: isOwn(row.profile),
    fault: null,
    devices: uses.get(row.profile) ?? 0,
  }))
  return [...rows, ...[...shelf.faults].map(([id, fault]) => faulty(id, fault, uses.get(id) ?? 0))]
}

/** What can be said of a file that nobody could read: where it lies. */
function faulty(id: string, fault: string, devices: number): Coverage {
  const [, maker = '', ...name] = id.split('/')
  return {
    profile: id,
    maker,
    controller: name.join('/'),
    applications: [],
    subtypes: [],
    title: '',
    found: 'byHand',
    proof: 'unverified',
    source: '',
    protocol: 'modbus',
    points: 0,
    unverified: 0,
    own: true,
    fault,
    devices,
  }
}

type ProfilePointInfo = z.infer<typeof profilePointSchema>

export function presentProfilePoints(profile: FlatProfile): ProfilePointInfo[] {
  return profile.points.map(presentProfilePoint)
}

function presentProfilePoint(point: Point): ProfilePointInfo {
  const { id, number, is, role, write, unverified } = point
  return {
    id,
    number,
    is,
    unit: units[is],
    decimals: shownDecimals(point),
    role,
    title: point.title ?? null,
    values: point.values ?? null,
    text: point.text ?? null,
    off: offValue(point),
    factory: point.factory ?? null,
    automatic: point.automatic ? [...point.automatic] : null,
    configurable: point.configurable ?? false,
    unverified,
    from: point.from ?? null,
    write: write ? { min: write.min, max: write.max, level: write.level } : null,
  }
}
