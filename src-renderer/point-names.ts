import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { pointTextKey } from '#shared/devices/point-text.ts'
import { useLookup } from './words.ts'

type Named = { id: string; title: string | null }

export type PointNames = {
  /** What the point is called inside its group, such as "Flow temperature". */
  name: (point: Named) => string
  /** With its group in front, such as "Circuit 1 Flow temperature". */
  full: (point: Named) => string
  /** The part of the installation that the point belongs to. */
  group: (point: { id: string }) => { key: string; title: string }
}

/** Names of points in the language of the screen. What no text knows keeps the title of its profile, or its id. */
export function usePointNames(): PointNames {
  const { t } = useTranslation()
  const lookup = useLookup('points')
  return useMemo(() => {
    const own = (point: Named) => {
      const { key, number } = pointTextKey(point.id)
      return lookup(key, { number }) || point.title || point.id
    }
    const owner = (id: string) => {
      const { group: word, number } = pointTextKey(id)
      return word === null ? null : { key: word + (number ?? ''), title: lookup(word, { number }) || word }
    }
    const group = (point: { id: string }) => {
      const kind = kindOf(point.id)
      if (kind !== null) return { key: kind, title: t(`points.${kind}`) }
      return owner(point.id) ?? { key: '', title: t('points.common') }
    }
    const full = (point: Named) => {
      const title = owner(point.id)?.title
      return title === undefined ? own(point) : `${title}: ${own(point)}`
    }
    // Among many outputs, "Override" alone would not say of what.
    const name = (point: Named) => (kindOf(point.id) === null ? own(point) : full(point))
    return { name, full, group }
  }, [t, lookup])
}

const kinds = [
  ['alarms', /^alarm\d/],
  ['inputs', /^input\d/],
  ['outputs', /^(triac|relay|valve|analogOutput|outputMask|alarmOutput)/],
] as const

/** What comes in dozens, each a word of its own, is shown together. */
function kindOf(id: string): (typeof kinds)[number][0] | null {
  return kinds.find(([, pattern]) => pattern.test(id))?.[0] ?? null
}

export type PointGroup<P> = { key: string; title: string; points: P[] }

/** Points by group: general ones first, then circuits and meters as they come, then the dozens. */
export function grouped<P extends { id: string }>(points: readonly P[], names: PointNames): PointGroup<P>[] {
  const groups = new Map<string, PointGroup<P>>()
  for (const point of points) {
    const { key, title } = names.group(point)
    const group = groups.get(key) ?? { key, title, points: [] }
    group.points.push(point)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => rank(a.key) - rank(b.key))
}

const ranks = [/^$/, /^circuit/, /^hotWater/, /^circulation/, /^meter/]
const last = ['alarms', 'inputs', 'outputs']

function rank(key: string): number {
  const first = ranks.findIndex((pattern) => pattern.test(key))
  return first === -1 ? ranks.length + 1 + last.indexOf(key) : first
}

/** Whether every word of the text stands in the name or the maker's number of a point. */
export function pointMatches(point: Named & { number: number }, text: string, names: PointNames): boolean {
  const said = `${names.full(point)} ${point.number} ${point.id}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}
