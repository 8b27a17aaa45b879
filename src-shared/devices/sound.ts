import { encode, offValue } from './codec.ts'
import { wordsOf } from './encoding.ts'
import type { FlatProfile, Point } from './profile.ts'

/** Throws an Error naming file and point when a point contradicts itself, the protocol or another point. */
export function checkPoints(profile: FlatProfile): void {
  const taken = new Map<number, Point | Point[]>()
  for (const point of profile.points) {
    const fault = (what: string): never => {
      throw new Error(`${profile.id}: point "${point.id}" (${point.number}) ${what}`)
    }
    if (point.from !== undefined) {
      checkValue(point, fault)
      if (point.write && profile.protocol !== 'opcua') fault(`cannot be written over ${profile.protocol}`)
      checkKnown(point, fault)
      continue
    }
    const words = wordsOf[point.as]
    if (point.address < 0 || point.address + words > 65536) fault('lies outside the 65536 registers')
    if (words > profile.limits.block) fault(`needs ${words} registers, more than limits.block allows in one read`)
    if ((point.area === 'coil' || point.area === 'discrete') && (words > 1 || point.bit !== undefined))
      fault('is a coil and can only be one bit')
    if (point.bit !== undefined && words > 1) fault(`takes bits of ${point.as}, which is more than one word`)
    if ((point.bit ?? 0) + point.bits > 16) fault('takes bits beyond the sixteenth')
    if (point.bit === undefined && point.bits !== 1) fault('has bits but no bit to begin with')
    if ((point.as === 'decimal4') !== (point.factors !== undefined)) fault('has factors for the units of decimal4, or lacks them')
    if (point.values && (point.scale !== 1 || point.offset !== 0)) fault('has names for its values and may not be scaled')
    for (const raw of point.off === undefined ? point.faults : [...point.faults, point.off]) {
      refuse(
        () => encode({ ...point, bit: undefined, scale: 1, offset: 0, faults: [] }, raw),
        (reason) => fault(`cannot read as ${raw}: ${reason}`),
      )
    }
    if (point.off !== undefined && point.faults.includes(point.off)) fault(`means OFF and a fault by ${point.off}`)
    checkWrite(profile, point, fault)
    checkKnown(point, fault)
    for (let i = 0; i < words; i++) {
      const place = areas[point.area] * 0x10000 + point.address + i
      const others = taken.get(place)
      if (others === undefined) {
        taken.set(place, point)
        continue
      }
      const list = Array.isArray(others) ? others : [others]
      for (const other of list) if (!shares(point, other)) fault(`takes a register that "${other.id}" (${other.number}) has already`)
      taken.set(place, [...list, point])
    }
  }
}

/** A value without a register: nothing may be said of it that speaks of words. */
function checkValue(point: Point, fault: (what: string) => never): void {
  if (point.area !== 'holding' || point.bit !== undefined || point.swap || point.factors)
    fault('has no register, so no area, bit, swap or factors')
  if (point.write?.claim) fault('has no coil to claim')
  if (point.write && point.write.min > point.write.max) fault('has a lowest value above its highest')
}

const areas = { holding: 0, input: 1, coil: 2, discrete: 3 } as const

/** Throws an Error naming the file when it speaks of points that it does not have. */
export function checkReferences(profile: FlatProfile): void {
  const ids = new Set(profile.points.map((point) => point.id))
  const named = {
    key: profile.key,
    detect: Object.keys(profile.detect),
    variants: Object.keys(profile.variants ?? {}),
    plausible: Object.keys(profile.plausible ?? {}),
    requires: Object.keys(profile.requires ?? {}),
    samples: profile.samples.flatMap((sample) => Object.keys(sample.readings)),
  }
  for (const [where, list] of Object.entries(named)) {
    for (const id of list) if (!ids.has(id)) throw new Error(`${profile.id}: ${where} names "${id}", which is not a point`)
  }
  for (const id of named.variants) {
    if (!(id in profile.detect)) throw new Error(`${profile.id}: variants names "${id}", which is not in detect`)
  }
  if (profile.covers && !profile.fallback) throw new Error(`${profile.id}: covers applications and is no fallback`)
  if (profile.fallback && named.plausible.length === 0) throw new Error(`${profile.id}: is a fallback and has nothing plausible`)
  if (profile.wink && !isPlace(profile.wink.at)) throw new Error(`${profile.id}: wink lies outside the 65536 registers`)
  if (profile.unlock && !isPlace(profile.unlock.at)) throw new Error(`${profile.id}: unlock lies outside the 65536 registers`)
  if (profile.unlock && !profile.limits.functions.includes(6)) throw new Error(`${profile.id}: limits.functions lacks 6 for unlock`)
  if (new Set(profile.key).size < profile.key.length) throw new Error(`${profile.id}: key names a point twice`)
}

const isPlace = (address: number) => address >= 0 && address < 65536

function checkWrite(profile: FlatProfile, point: Point, fault: (what: string) => never): void {
  const { write } = point
  if (!write) return
  if (point.area === 'input' || point.area === 'discrete') fault(`cannot be written: ${point.area} is read only`)
  if (point.bit !== undefined) fault('cannot be written: it is only part of a word')
  const functions = point.area === 'coil' ? [5, 15] : wordsOf[point.as] > 1 ? [16] : [6, 16]
  if (!functions.some((code) => profile.limits.functions.includes(code))) {
    fault(`cannot be written: limits.functions has none of ${functions.join(', ')}`)
  }
  if (write.claim && !isPlace(write.claim.address)) fault('is claimed by a coil outside the 65536')
  if (write.claim && !profile.limits.functions.includes(5)) fault('cannot be claimed: limits.functions lacks 5')
  if (write.min > write.max) fault(`has a range from ${write.min} to ${write.max}`)
  for (const value of write.only ?? []) {
    if (value < write.min || value > write.max) fault(`may be written as ${value}, outside its range`)
  }
  for (const value of [write.min, write.max, ...(write.only ?? [])])
    refuse(
      () => encode(point, value),
      (reason) => fault(`has a range that does not encode: ${reason}`),
    )
  const off = offValue(point)
  if (off !== null)
    refuse(
      () => encode(point, off),
      (reason) => fault(`has an OFF that does not encode: ${reason}`),
    )
}

/** Values that the file names as known must be ones that the point can have. */
function checkKnown(point: Point, fault: (what: string) => never): void {
  const { factory, automatic, values, write, configurable } = point
  const inside = (value: number) => !write || value === offValue(point) || (value >= write.min && value <= write.max)
  if (factory !== undefined && !inside(factory)) fault(`has the factory setting ${factory}, outside its range`)
  for (const value of automatic ?? []) if (values?.[value] === undefined) fault(`is on automatic by ${value}, which is none of its values`)
  if (automatic?.[0] !== undefined && !inside(automatic[0])) fault(`is on automatic by ${automatic[0]}, outside its range`)
  if (write?.warn && automatic === undefined) fault('warns of an override and does not say which value ends it')
  if (configurable && (write || point.bit !== undefined)) fault('is no input that can be given a meaning')
}

function refuse(attempt: () => unknown, because: (reason: string) => never): void {
  try {
    attempt()
  } catch (error) {
    because(error instanceof Error ? error.message : String(error))
  }
}

/** Only bits of one word can share it, each bit once. */
function shares(a: Point, b: Point): boolean {
  if (a.bit === undefined || b.bit === undefined) return false
  return a.bit + a.bits <= b.bit || b.bit + b.bits <= a.bit
}
