import type { PointKind } from '#shared/devices/points-contract.ts'
import type { PointRole } from '#shared/devices/profile.ts'
import type { Quantity } from '#shared/units.ts'

/** What narrows the points on offer. */
export type Filter = { text: string; device: string | null; tags: string[]; is: Quantity | null; role: PointRole | null }

export const everything: Filter = { text: '', device: null, tags: [], is: null, role: null }

/** Points that have a history. */
export const storedRoles: readonly PointRole[] = ['measure', 'state']

/** The words of the question about points that the filter stands for. */
export function questionOf({ text, tags, is, role }: Filter) {
  const search = text.trim().slice(0, 200)
  return {
    ...(search === '' ? {} : { search }),
    ...(tags.length === 0 ? {} : { tag: tags }),
    ...(is === null ? {} : { is: [is] }),
    role: role === null ? [...storedRoles] : [role],
  }
}

/** Measured values before states, and what most devices have before the rest; else as the devices have them. */
export function commonFirst(kinds: readonly PointKind[]): PointKind[] {
  const rank = ({ role }: PointKind) => (role === 'measure' ? 0 : 1)
  return [...kinds].sort((a, b) => rank(a) - rank(b) || b.devices - a.devices)
}
