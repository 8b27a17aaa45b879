import type { FlatProfile } from '../devices/profile.ts'
import type { MeterIdentity } from './header.ts'

/** The profile of a meter, the one that asks for most among those that mean it; null for a meter that none knows. */
export function recogniseMeter(profiles: readonly FlatProfile[], identity: MeterIdentity | null): FlatProfile | null {
  if (!identity) return null
  const weightOf = ({ meter }: FlatProfile) => (meter?.media ? 1 : 0) + (meter?.versions ? 2 : 0)
  return (
    profiles
      .filter(({ meter }) => meter && means(meter, identity))
      .sort((a, b) => weightOf(b) - weightOf(a) || (a.id < b.id ? -1 : 1))[0] ?? null
  )
}

function means({ manufacturer, media, versions }: NonNullable<FlatProfile['meter']>, identity: MeterIdentity): boolean {
  return (
    manufacturer === identity.manufacturer &&
    (media?.includes(identity.medium) ?? true) &&
    (versions === undefined || (identity.version !== null && versions.includes(identity.version)))
  )
}
