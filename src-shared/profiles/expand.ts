import type { Part, Profile, ProfilePoint } from '../devices/profile.ts'

/**
 * The same profile with its parts written out as points of its own, so that it can be taken anywhere. Its parts must be known,
 * which `flatten` has checked.
 */
export function expand(profile: Profile, parts: ReadonlyMap<string, Part>): Profile {
  const { include = [], points: own = {}, $schema: _, ...rest } = profile
  const points: Record<string, ProfilePoint> = {}
  for (const [name, point] of Object.entries(own)) points[name] = placed(point, 1)
  for (const { part, as, circuit = 1, only, except, unverified, readOnly } of include) {
    for (const [name, point] of Object.entries(parts.get(part)?.points ?? {})) {
      if ((only && !only.includes(name)) || except?.includes(name)) continue
      const { write, ...reading } = placed(point, circuit)
      const kept = write && !readOnly ? { ...reading, write } : reading
      points[as ? `${as}.${name}` : name] = unverified ? { ...kept, unverified } : kept
    }
  }
  return { ...rest, points }
}

/** The point as it stands in one circuit. */
function placed({ step = 0, at, write, ...rest }: ProfilePoint, circuit: number): ProfilePoint {
  const number = at === undefined ? {} : { at: at + (circuit - 1) * step }
  if (!write?.claim) return { ...number, ...rest, ...(write && { write }) }
  const { step: claimStep = 0, ...claim } = write.claim
  return { ...number, ...rest, write: { ...write, claim: { ...claim, at: claim.at + (circuit - 1) * claimStep } } }
}
