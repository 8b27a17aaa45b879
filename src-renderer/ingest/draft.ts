import { sentUnits } from '#shared/ingest/convert.ts'
import type { IngestKey, Mapping } from '#shared/ingest/contract.ts'
import type { Quantity } from '#shared/units.ts'
import { knownPoints } from './known-points.ts'

/** What a person makes of one key. `point` empty: not used; `own`: a point with a name of its own. */
export type KeyDraft = { point: string; title: string; is: Quantity; scale: number; offset: number }

export const ownPoint = 'own'

export function draftOf({ key, mapped }: IngestKey): KeyDraft {
  if (!mapped) return { point: '', title: key, is: 'number', scale: 1, offset: 0 }
  const { point, title, is, scale, offset } = mapped
  const known = knownPoints.some(({ id }) => id === point)
  return { point: known ? point : ownPoint, title: title ?? key, is, scale: scale ?? 1, offset: offset ?? 0 }
}

/** The id of an own point: what its key says, in letters and digits. */
export function ownId(key: string, mapped: Mapping | null): string {
  if (mapped && !knownPoints.some(({ id }) => id === mapped.point)) return mapped.point
  const words = key
    .normalize('NFKD')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return `own${joined === '' ? 'Value' : joined.slice(0, 60)}`
}

/** The points that drafts stand for. Two keys with the same letters and digits get numbers behind their ids. */
export function mappingsOf(keys: readonly IngestKey[], drafts: ReadonlyMap<string, KeyDraft>): Mapping[] {
  const taken = new Set<string>()
  return keys.flatMap((one): Mapping[] => {
    const draft = drafts.get(one.key) ?? draftOf(one)
    if (draft.point === '') return []
    const base = draft.point === ownPoint ? ownId(one.key, one.mapped) : draft.point
    let point = base
    for (let i = 2; draft.point === ownPoint && taken.has(point); i++) point = `${base}${i}`
    taken.add(point)
    const role = draft.is === 'state' ? 'state' : 'measure'
    const { is, scale, offset } = draft
    return [{ key: one.key, point, ...(draft.point === ownPoint ? { title: draft.title.trim() || one.key } : {}), is, role, scale, offset }]
  })
}

/** Points that more than one key stands for. */
export function doubled(mappings: readonly Mapping[]): ReadonlySet<string> {
  const points = mappings.map(({ point }) => point)
  return new Set(points.filter((point, i) => points.indexOf(point) !== i))
}

/** The unit that scale and offset stand for, null when none of the usual ones does. */
export function sentUnitOf({ is, scale, offset }: KeyDraft): string | null {
  return sentUnits[is].find((one) => one.factor === scale && (one.offset ?? 0) === offset)?.unit ?? null
}

export function meant({ scale, offset }: KeyDraft, number: number | null): number | null {
  return number === null ? null : number * scale + offset
}
