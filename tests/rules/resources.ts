import { decode, encode, offValue, place, rawOf } from '#shared/devices/codec.ts'
import { detect, families } from '#shared/devices/detect.ts'
import { loadProfiles } from '#shared/devices/load.ts'
import { pointTextKey } from '#shared/devices/point-text.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { meterSampleBreaches } from './meter-samples.ts'

type Sample = FlatProfile['samples'][number]

/** Lines that say what is wrong with profiles and parts: the schema, parts, ids, registers, ranges, references. */
export function loadBreaches(files: ReadonlyMap<string, unknown>): string[] {
  try {
    loadProfiles(files)
    return []
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')
  }
}

/** Samples that do not read as they say, do not encode back to the same words, or have a register that is no point. */
export function sampleBreaches(profile: FlatProfile): string[] {
  if (profile.protocol === 'mbus') return meterSampleBreaches(profile)
  return profile.samples.flatMap((sample, i) => {
    const say = (what: string) => `${profile.id} sample ${i + 1}: ${what}`
    const covered = new Set<number>()
    const faults: string[] = []
    for (const point of profile.points) {
      const words = wordsIn(sample, point)
      if (!words) {
        if (point.id in sample.readings) faults.push(say(`reads ${point.id}, but has no register ${point.number}`))
        continue
      }
      if (point.area === 'holding') words.forEach((_, k) => covered.add(point.number + k))
      const expected = sample.readings[point.id]
      if (expected === undefined) {
        faults.push(say(`has register ${point.number}, but no reading of ${point.id}`))
        continue
      }
      const read = decode(point, words).value
      if (read !== expected) {
        faults.push(say(`${point.id} (${point.number}) reads ${read}, not ${expected}`))
        continue
      }
      const back = words.map(() => 0)
      if (point.bit !== undefined) place(point, expected, back)
      else back.splice(0, back.length, ...encode(point, expected))
      const same = point.bit === undefined ? back.every((word, k) => word === words[k]) : rawOf(point, back) === rawOf(point, words)
      if (!same) faults.push(say(`${point.id} encodes to ${back.join(' ')}, not ${words.join(' ')}`))
    }
    for (const number of Object.keys(sample.registers).map(Number)) {
      if (!covered.has(number)) faults.push(say(`register ${number} is no point`))
    }
    for (const number of Object.keys(sample.coils ?? {}).map(Number)) {
      if (!profile.points.some((point) => point.area === 'coil' && point.number === number)) faults.push(say(`coil ${number} is no point`))
    }
    return faults
  })
}

/** Ranges whose ends, or OFF, the device would not get as they stand, and an OFF that lies inside its range. */
export function writeBreaches(profile: FlatProfile): string[] {
  return profile.points.flatMap((point) => {
    const { write } = point
    if (!write) return []
    const off = offValue(point)
    const steps = write.step === undefined ? [] : [write.min + write.step]
    const unfit = [write.min, write.max, ...steps, ...(off === null ? [] : [off])].filter(
      (value) => decode(point, encode(point, value)).value !== value,
    )
    return [
      ...unfit.map((value) => `${profile.id}: ${point.id} cannot be written as exactly ${value}`),
      ...(off !== null && off >= write.min && off <= write.max ? [`${profile.id}: ${point.id} is OFF by ${off}, inside its range`] : []),
    ]
  })
}

/** Samples, and sets of identity values, that do not lead to exactly their own profile within its family. */
export function detectBreaches(profiles: readonly FlatProfile[]): string[] {
  return families(profiles).flatMap(({ leader, members }) =>
    members.flatMap((profile) => {
      const fromSamples = profile.samples.map((sample) => identityIn(leader, sample))
      const cases = [...fromSamples, ...(profile.fallback ? [] : asked(profile))]
      const wrong = cases.flatMap((values) => {
        const matching = members.filter((one) => detect([one], values)?.recognised)
        const found = detect(members, values)
        return matching.length === 1 && found?.profile === profile ? [] : [matching.map((one) => one.id).join(' and ') || 'nothing']
      })
      return [...new Set(wrong)].map((those) => `${profile.id} is recognised by ${those}`)
    }),
  )
}

/** Every set of identity values that a profile says it recognises. */
function asked({ detect: wanted, variants, plausible }: FlatProfile): Map<string, number>[] {
  const lowest = Object.entries(plausible ?? {}).map(([id, [low]]) => [id, low] as const)
  return Object.entries(wanted).reduce<Map<string, number>[]>(
    (sets, [id, raw]) => [raw, ...(variants?.[id] ?? [])].flatMap((value) => sets.map((set) => new Map(set).set(id, value))),
    [new Map(lowest)],
  )
}

/** Points and values without an English text, and texts that no point or value has. */
export function wordBreaches(
  profiles: readonly FlatProfile[],
  texts: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): string[] {
  const points = profiles.flatMap((profile) => profile.points)
  const keys = points.flatMap((point) => {
    const { key, group } = pointTextKey(point.id)
    return [...(point.title === undefined ? [key] : []), ...(group === null ? [] : [group])]
  })
  return [
    ...bothWays('point', new Set(keys), texts),
    ...bothWays('value', new Set(points.flatMap((point) => Object.values(point.values ?? {}))), values),
  ]
}

/** Points of another quantity than points.json says, points that it does not know, and ids in it that no profile has. */
export function quantityBreaches(profiles: readonly FlatProfile[], known: Readonly<Record<string, string>>): string[] {
  const untitled = profiles.flatMap((profile) =>
    profile.points.filter((point) => point.title === undefined).map((point) => ({ profile, point })),
  )
  const wrong = untitled.flatMap(({ profile, point }) => {
    const should = known[pointTextKey(point.id).key]
    return should === undefined || should === point.is ? [] : [`${profile.id}: ${point.id} is ${point.is}, in points.json ${should}`]
  })
  return [...wrong, ...bothWays('quantity', new Set(untitled.map(({ point }) => pointTextKey(point.id).key)), known)]
}

function bothWays(what: string, wanted: ReadonlySet<string>, there: Readonly<Record<string, string>>): string[] {
  return [
    ...[...wanted].filter((key) => !there[key]).map((key) => `${what} ${key} is missing`),
    ...Object.keys(there)
      .filter((key) => !wanted.has(key))
      .map((key) => `${what} ${key} is not used`),
  ]
}

function wordsIn(sample: Sample, point: Point): number[] | undefined {
  const from = point.area === 'holding' ? sample.registers : point.area === 'coil' ? (sample.coils ?? {}) : {}
  const words = Array.from({ length: wordsOf[point.as] }, (_, i) => from[String(point.number + i)])
  return words.every((word) => word !== undefined) ? words : undefined
}

function identityIn(profile: FlatProfile, sample: Sample): Map<string, number> {
  return new Map(
    profile.points.flatMap((point) => {
      const words = wordsIn(sample, point)
      return words ? [[point.id, rawOf(point, words)] as const] : []
    }),
  )
}

/** Points that can be written although nobody has seen them, in profiles that no device has proved. */
export function unprovenWriteBreaches(profiles: readonly FlatProfile[]): string[] {
  return profiles
    .filter(({ proven }) => proven !== 'field')
    .flatMap((profile) =>
      profile.points
        .filter((point) => point.unverified && point.write)
        .map((point) => `${profile.id}: ${point.id} can be written unverified`),
    )
}
