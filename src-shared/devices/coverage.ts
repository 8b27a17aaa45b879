import type { FlatProfile } from './profile.ts'
import { textOf } from './text.ts'

/** One line of what the program knows: a controller or application, how sure that is and where it comes from. */
export type CoverageRow = {
  profile: string
  maker: string
  controller: string
  /** Such as A266, or A231 and A331 where one profile serves both; empty when the controller has no applications. */
  applications: string[]
  /** Subtypes of the application; empty means all. */
  subtypes: number[]
  title: string
  /** How a device of this kind is found: by what it says of itself, as a device of the family that nothing else knows, or only by a person. */
  found: 'recognised' | 'general' | 'byHand'
  proof: FlatProfile['proven']
  source: string
  points: number
  unverified: number
}

/** All that the profiles cover, by maker, controller and application. */
export function coverage(profiles: readonly FlatProfile[]): CoverageRow[] {
  return profiles.flatMap((profile) => [rowOf(profile), ...leftRows(profile)]).sort(byName)
}

function rowOf(profile: FlatProfile): CoverageRow {
  return {
    profile: profile.id,
    maker: profile.maker,
    controller: profile.model,
    applications: applicationsOf(profile),
    subtypes: valuesOf(profile, 'identity.applicationSubtype'),
    title: profile.title,
    found: profile.fallback ? 'general' : Object.keys(profile.detect).length > 0 ? 'recognised' : 'byHand',
    proof: profile.proven,
    source: profile.source,
    points: profile.points.length,
    unverified: profile.points.filter((point) => point.unverified).length,
  }
}

/** Keys of which nothing is known are no less there: the general profile reads what all keys have in common. */
function leftRows(profile: FlatProfile): CoverageRow[] {
  return (profile.covers ?? []).map((key) => ({
    ...rowOf(profile),
    applications: [key],
    title: 'Nothing is known of this key: what all keys have in common is read with the general profile',
    proof: 'unverified',
  }))
}

function applicationsOf(profile: FlatProfile): string[] {
  const whole = profile.points.find(({ id }) => id === 'identity.application')?.text
  if (whole) return valuesOf(profile, 'identity.application').map((raw) => textOf(whole, raw) ?? String(raw))
  const letters = valuesOf(profile, 'identity.applicationLetter').map((raw) => textOf('letter', raw) ?? '')
  const types = valuesOf(profile, 'identity.applicationType')
  return letters.flatMap((letter) => types.map((type) => `${letter}${type}`))
}

function valuesOf({ detect, variants }: FlatProfile, id: string): number[] {
  const first = detect[id]
  return first === undefined ? [] : [first, ...(variants?.[id] ?? [])]
}

function byName(a: CoverageRow, b: CoverageRow): number {
  const names = (row: CoverageRow) => [row.maker, row.controller, row.applications.join(), row.profile]
  const theirs = names(b)
  return names(a).reduce((order, name, i) => order || name.localeCompare(theirs[i] ?? '', 'en', { numeric: true }), 0)
}
