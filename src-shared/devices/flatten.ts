import type { Hole } from '../acquisition/port.ts'
import type { FlatProfile, Part, Point, Profile, ProfilePoint } from './profile.ts'
import { checkPoints, checkReferences } from './sound.ts'

/**
 * A profile with its parts resolved (its own points first), defaults filled in and addresses as they stand on the wire. `id` names the file in
 * errors; `parts` are found by the name that `include` gives. Throws an Error naming file and point for anything that cannot
 * be meant: an unknown part, an id or a register taken twice, a range that does not encode, a key that is not a point.
 */
export function flatten(id: string, profile: Profile, parts: ReadonlyMap<string, Part>): FlatProfile {
  const { include = [], points: own = {}, $schema: _, ...rest } = profile
  const points = new Map<string, Point>()
  const add = (name: string, point: ProfilePoint, circuit: number, unverified: boolean) => {
    if (points.has(name)) throw new Error(`${id}: point "${name}" is defined twice`)
    if (circuit > 1 && point.step === undefined) throw new Error(`${id}: point "${name}" has no step for circuit ${circuit}`)
    const number = point.at + (circuit - 1) * (point.step ?? 0)
    points.set(name, pointOf(name, number, number - profile.firstRegister, point, unverified))
  }
  for (const [name, point] of Object.entries(own)) add(name, point, 1, false)
  for (const item of include) {
    const part = parts.get(item.part)
    if (!part) throw new Error(`${id}: there is no part "${item.part}"`)
    for (const name of [...(item.only ?? []), ...(item.except ?? [])]) {
      if (!(name in part.points)) throw new Error(`${id}: part "${item.part}" has no point "${name}"`)
    }
    for (const [name, point] of Object.entries(part.points)) {
      if ((item.only && !item.only.includes(name)) || item.except?.includes(name)) continue
      add(item.as ? `${item.as}.${name}` : name, point, item.circuit ?? 1, item.unverified ?? false)
    }
  }
  const flat: FlatProfile = { ...rest, id, points: [...points.values()] }
  checkPoints(flat)
  checkReferences(flat)
  return flat
}

/** Registers that the profile knows not to be served, as they stand on the wire. */
export function holesOf(profile: FlatProfile): Hole[] {
  return (profile.unserved ?? []).map((number) => ({ area: 'holding', address: number - profile.firstRegister }))
}

function pointOf(id: string, number: number, address: number, point: ProfilePoint, unverified: boolean): Point {
  return {
    id,
    address,
    number,
    area: point.area ?? 'holding',
    as: point.as ?? 'int16',
    swap: point.swap ?? false,
    bit: point.bit,
    bits: point.bits ?? 1,
    scale: point.scale ?? 1,
    offset: point.offset ?? 0,
    is: point.is ?? 'number',
    role: point.role,
    title: point.title,
    text: point.text,
    faults: point.faults ?? [],
    off: point.off,
    values: point.values,
    write: point.write,
    unverified: unverified || (point.unverified ?? false),
  }
}
