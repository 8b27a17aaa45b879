import { decode, encode, offValue, place, rawOf } from '#shared/devices/codec.ts'
import { detect } from '#shared/devices/detect.ts'
import { loadProfiles } from '#shared/devices/load.ts'
import { pointTextKey } from '#shared/devices/point-text.ts'
import { wordsOf, type FlatProfile, type Point } from '#shared/devices/profile.ts'

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
      words.forEach((_, k) => covered.add(point.number + k))
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

/** Samples, and profiles without one, whose identity does not lead to exactly their own profile. */
export function detectBreaches(profiles: readonly FlatProfile[]): string[] {
  return profiles.flatMap((profile) => {
    const fromSamples = profile.samples.map((sample) => identityIn(profile, sample))
    const cases = fromSamples.length > 0 ? fromSamples : profile.fallback ? [] : [new Map(Object.entries(profile.detect))]
    return cases.flatMap((values) => {
      const matching = profiles.filter((one) => !one.fallback && Object.entries(one.detect).every(([id, raw]) => values.get(id) === raw))
      const found = detect(profiles, values)
      return matching.length === 1 && found?.recognised && found.profile === profile
        ? []
        : [`${profile.id} is recognised by ${matching.map((one) => one.id).join(' and ') || 'nothing'}`]
    })
  })
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
  const words = Array.from({ length: wordsOf[point.as] }, (_, i) => sample.registers[String(point.number + i)])
  return point.area === 'holding' && words.every((word) => word !== undefined) ? words : undefined
}

function identityIn(profile: FlatProfile, sample: Sample): Map<string, number> {
  const identity = profile.points.filter((point) => point.role === 'identity')
  return new Map(
    identity.flatMap((point) => {
      const words = wordsIn(sample, point)
      return words ? [[point.id, rawOf(point, words)] as const] : []
    }),
  )
}
