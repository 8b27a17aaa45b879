import type { Finding, Identity } from './contract.ts'
import { identityText } from './identity.ts'
import type { FlatProfile } from './profile.ts'

/** Profiles that identify themselves by the same registers, which `leader` reads: its identity values serve all members. */
export type Family = { leader: FlatProfile; members: readonly FlatProfile[] }

/**
 * The families to try at an address, in order of their ids. A general profile (`fallback`) leads those of its maker whose `detect`
 * stands at the same registers; a profile that can be recognised and that none leads is a family of its own. Profiles that are
 * never recognised by themselves are in none.
 */
export function families(profiles: readonly FlatProfile[]): Family[] {
  const leaders = profiles.filter(({ fallback }) => fallback)
  const led = leaders.map((leader) => ({ leader, members: [leader, ...profiles.filter((profile) => leads(leader, profile))] }))
  const inOne = new Set(led.flatMap(({ members }) => members))
  const alone = profiles.filter((profile) => weight(profile) > 0 && !inOne.has(profile))
  return [...led, ...alone.map((leader) => ({ leader, members: [leader] }))].sort((a, b) => byId(a.leader, b.leader))
}

/** The general profile of the family that a profile is of, or null. */
export function generalOf(profiles: readonly FlatProfile[], profile: FlatProfile): FlatProfile | null {
  return families(profiles).find(({ leader, members }) => leader.fallback && members.includes(profile))?.leader ?? null
}

/**
 * The profile out of one family for a device that gave these raw identity values. A profile is recognised when every value in
 * its `detect` is exactly so, or one of its `variants`, and every value in its `plausible` lies in its range; of several the one
 * that asks for most. Otherwise the general profile (`fallback`), but only when every value in its `plausible` was answered, lies
 * in its range and can be written in the form of its point: for an ECL a capital letter, type and subtype of an application key
 * and a firmware version. Anything else that listens on a Modbus port answers zeros, noise or exception 2 there, and gives null.
 */
export function detect(
  profiles: readonly FlatProfile[],
  values: ReadonlyMap<string, number>,
): { profile: FlatProfile; recognised: boolean } | null {
  const sorted = [...profiles].sort(byId)
  const matching = sorted
    .filter((profile) => weight(profile) > 0 && matches(profile, values) && (!profile.plausible || isPlausible(profile, values)))
    .sort((a, b) => weight(b) - weight(a))
  if (matching[0]) return { profile: matching[0], recognised: true }
  const general = sorted.find((profile) => profile.fallback && isPlausible(profile, values))
  return general ? { profile: general, recognised: false } : null
}

export type Notice = Finding['notices'][number]

/**
 * What a person should know before the device is added: firmware below the lowest that the maker allows (`firmwareTooOld`),
 * firmware that the application key lifts (`firmwareLifted`), application key below its lowest version (`applicationTooOld`),
 * why it is read with a general profile (`keyUnknown`, `modelUnknown`, `generalProfile`), a profile that nobody has proved (`unprovenProfile`). A version that the device
 * does not tell gives no notice. Versions come as `found` and `needed`.
 */
export function checkRequirements(profile: FlatProfile, values: ReadonlyMap<string, number>, identity: Identity): Notice[] {
  const notices: Notice[] = []
  for (const [id, { min, updatedBelow }] of Object.entries(profile.requires ?? {})) {
    const found = identityText(profile, values, id)
    if (!found) continue
    const ofKey = id === 'identity.applicationVersion'
    if (isBelow(found, min)) notices.push({ code: ofKey ? 'applicationTooOld' : 'firmwareTooOld', params: { found, needed: min } })
    else if (updatedBelow && isBelow(found, updatedBelow)) notices.push({ code: 'firmwareLifted', params: { found, needed: updatedBelow } })
  }
  if (profile.fallback) notices.push(whyGeneral(profile, values, identity))
  if (profile.proven === 'unverified') notices.push({ code: 'unprovenProfile', params: { profile: profile.title } })
  return notices
}

/** A device is read with a general profile because of its model, of its application, or because it tells neither. */
function whyGeneral(profile: FlatProfile, values: ReadonlyMap<string, number>, { application, model }: Identity): Notice {
  const number = identityText(profile, values, 'identity.model')
  if (number !== null) return { code: 'modelUnknown', params: { model: number } }
  if (application !== null) return { code: 'keyUnknown', params: { application } }
  return { code: 'generalProfile', params: { model } }
}

/** Versions as the maker writes them, "1.11": both numbers count as whole numbers. */
export function isBelow(version: string, limit: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [limitMajor = 0, limitMinor = 0] = limit.split('.').map(Number)
  return major < limitMajor || (major === limitMajor && minor < limitMinor)
}

const weight = (profile: FlatProfile) => Object.keys(profile.detect).length
const byId = (a: FlatProfile, b: FlatProfile) => (a.id < b.id ? -1 : 1)

function matches({ detect: wanted, variants }: FlatProfile, values: ReadonlyMap<string, number>): boolean {
  return Object.entries(wanted).every(([id, raw]) => {
    const value = values.get(id)
    return value !== undefined && (value === raw || variants?.[id]?.includes(value) === true)
  })
}

function leads(leader: FlatProfile, profile: FlatProfile): boolean {
  const place = (of: FlatProfile, id: string) => {
    const point = of.points.find((one) => one.id === id)
    return point && [point.area, point.address, point.as, point.swap, point.bit, point.bits].join()
  }
  return (
    profile !== leader &&
    profile.maker === leader.maker &&
    weight(profile) > 0 &&
    Object.keys(profile.detect).every((id) => place(profile, id) === place(leader, id))
  )
}

function isPlausible(profile: FlatProfile, values: ReadonlyMap<string, number>): boolean {
  const ranges = Object.entries(profile.plausible ?? {})
  return (
    ranges.length > 0 &&
    ranges.every(([id, [low, high]]) => {
      const raw = values.get(id)
      return raw !== undefined && raw >= low && raw <= high && identityText(profile, values, id) !== null
    })
  )
}
