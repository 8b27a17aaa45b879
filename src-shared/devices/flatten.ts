import type { Hole } from '../acquisition/port.ts'
import { wordsOf } from './encoding.ts'
import type { FlatProfile, Part, Point, Profile, ProfilePoint, Write } from './profile.ts'
import { checkPoints, checkReferences } from './sound.ts'

type Include = NonNullable<Profile['include']>[number]

/**
 * A profile with its parts resolved (its own points first), defaults filled in and addresses as they stand on the wire. `id` names the file in
 * errors; `parts` are found by the name that `include` gives. Throws an Error naming file and point for anything that cannot
 * be meant: an unknown part, an id or a register taken twice, a range that does not encode, a key that is not a point.
 */
export function flatten(id: string, profile: Profile, parts: ReadonlyMap<string, Part>): FlatProfile {
  const { include = [], points: own = {}, $schema: _, ...rest } = profile
  const points = new Map<string, Point>()
  const first = (area: Point['area']) => firstOf(profile.firstRegister, area)
  const placeOf = (name: string, { at, from, area }: ProfilePoint, further: number) => {
    const byName = profile.protocol !== 'modbus'
    if (byName ? from === undefined || at !== undefined : at === undefined || from !== undefined) {
      throw new Error(
        `${id}: point "${name}" must have ${byName ? '"from" and no "at"' : '"at" and no "from"'}, since it is read by ${profile.protocol}`,
      )
    }
    if (at === undefined) return { number: points.size + 1, address: points.size * wordsOf[valueForm] }
    return { number: at + further, address: at + further - first(area ?? 'holding') }
  }
  const add = (name: string, point: ProfilePoint, { circuit = 1, unverified, readOnly }: Partial<Include> = {}) => {
    if (points.has(name)) throw new Error(`${id}: point "${name}" is defined twice`)
    const { step, write } = point
    if (circuit > 1 && (step === undefined || (write?.claim && write.claim.step === undefined))) {
      throw new Error(`${id}: point "${name}" has no step for circuit ${circuit}`)
    }
    const writable = write && !readOnly ? writeOf(write, circuit, first('coil')) : undefined
    const { number, address } = placeOf(name, point, (circuit - 1) * (step ?? 0))
    points.set(name, pointOf(name, number, address, point, writable, unverified ?? false))
  }
  for (const [name, point] of Object.entries(own)) add(name, point)
  for (const item of include) {
    const part = parts.get(item.part)
    if (!part) throw new Error(`${id}: there is no part "${item.part}"`)
    for (const name of [...(item.only ?? []), ...(item.except ?? [])]) {
      if (!(name in part.points)) throw new Error(`${id}: part "${item.part}" has no point "${name}"`)
    }
    for (const [name, point] of Object.entries(part.points)) {
      if ((item.only && !item.only.includes(name)) || item.except?.includes(name)) continue
      add(item.as ? `${item.as}.${name}` : name, point, item)
    }
  }
  const unlock = rest.unlock && { ...rest.unlock, at: rest.unlock.at - first('holding') }
  const wink = rest.wink && { ...rest.wink, at: rest.wink.at - first('holding') }
  const flat: FlatProfile = { ...rest, ...(unlock && { unlock }), ...(wink && { wink }), id, points: [...points.values()] }
  checkPoints(flat)
  checkReferences(flat)
  return flat
}

/** Values that come as they are have no form of their own. */
const valueForm = 'float32'

/** Registers that the profile knows not to be served, as they stand on the wire. */
export function holesOf(profile: FlatProfile): Hole[] {
  return (profile.unserved ?? []).map((number) => ({ area: 'holding', address: number - profile.firstRegister }))
}

/** Number of the first register or coil of an area. Makers who call the first holding register 40001 count coils from 1. */
function firstOf(firstRegister: number, area: Point['area']): number {
  return firstRegister <= 1 ? firstRegister : { holding: 40_000, input: 30_000, discrete: 10_000, coil: 0 }[area] + 1
}

function writeOf({ claim, ...bounds }: NonNullable<ProfilePoint['write']>, circuit: number, firstCoil: number): Write {
  if (!claim) return bounds
  const { at, step = 0, take, giveBack, release } = claim
  const number = at + (circuit - 1) * step
  return { ...bounds, claim: { address: number - firstCoil, number, take, giveBack, release } }
}

function pointOf(id: string, number: number, address: number, point: ProfilePoint, write: Write | undefined, unverified: boolean): Point {
  return {
    id,
    address,
    number,
    ...(point.from === undefined ? {} : { from: point.from }),
    area: point.area ?? 'holding',
    as: point.from === undefined ? (point.as ?? 'int16') : valueForm,
    swap: point.swap ?? false,
    bit: point.bit,
    bits: point.bits ?? 1,
    scale: point.scale ?? 1,
    offset: point.offset ?? 0,
    factors: point.factors,
    is: point.is ?? 'number',
    role: point.role,
    title: point.title,
    text: point.text,
    faults: point.faults ?? [],
    off: point.off,
    values: point.values,
    write,
    ...(point.factory === undefined ? {} : { factory: point.factory }),
    ...(point.automatic === undefined ? {} : { automatic: point.automatic }),
    ...(point.configurable && { configurable: point.configurable }),
    unverified: unverified || (point.unverified ?? false),
  }
}
