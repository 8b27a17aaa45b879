import { badActors } from './bad-actors.ts'
import { isFleeting } from './chatter.ts'
import { floodsOf } from './flood.ts'
import { figureOf, spreadGoals, spreadMark } from './kpi-figures.ts'
import type { AlarmKpi, FigureName, KpiFigure } from './kpi-contract.ts'
import { priorities, type Priority } from './priority.ts'
import type { Occurrence } from './row.ts'

const minuteMs = 60_000
const tenMs = 10 * minuteMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const mostFloods = 100
/** Of fewer alarms, ten sources are always more than the goal, and one critical alarm more than 1 %. */
const fewestForTop = 200
const fewestForSpread = 100

/** What is counted of an occurrence; times UTC ms. */
export type KpiOccurrence = Pick<
  Occurrence,
  | 'id'
  | 'alarm'
  | 'rule'
  | 'ruleName'
  | 'device'
  | 'deviceName'
  | 'point'
  | 'part'
  | 'kind'
  | 'priority'
  | 'raisedAt'
  | 'clearedAt'
  | 'endedAt'
> & { acknowledgedAt: number | null; hidden: boolean }

export type KpiQuestion = {
  from: number
  /** Not after now. */
  to: number
  /** Begin of the first bar, and end of every one. */
  edges: readonly number[]
  /** Raised before `to`, and after `from` or not ended before it; in any order. */
  occurrences: readonly KpiOccurrence[]
  /** How often somebody shelved, took out of service, and logic suppressed. */
  acts: { shelved: number; outOfService: number; suppressed: number }
}

/**
 * How well the alarms of a period can be worked with. What nobody was to see when it came (shelved, suppressed, out of service) is no alarm here.
 * Worst minute, ten minutes and hour are those beside each other from the begin of the period on.
 */
export function kpiOf({ from, to, edges, occurrences, acts }: KpiQuestion): AlarmKpi {
  const until = (at: number | null) => (at !== null && at <= to ? at : null)
  const all = occurrences
    .filter(({ hidden, raisedAt }) => !hidden && raisedAt < to)
    .map((one) => ({ ...one, clearedAt: until(one.clearedAt), endedAt: until(one.endedAt), acknowledgedAt: until(one.acknowledgedAt) }))
    .toSorted((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1))
  const raised = all.filter(({ raisedAt }) => raisedAt >= from)
  const actors = badActors(all, { from, until: to })
  const told = raised.map(({ raisedAt, alarm }) => ({ at: raisedAt, id: alarm }))
  const floods = floodsOf(told, to)
  const names = new Map(all.map((one) => [one.alarm, one]))
  return {
    from,
    to,
    figures: [
      ...rates(raised, from, to),
      ...floodFigures(floods, from, to),
      figureOf('stale', actors.stale.length),
      figureOf('chattering', actors.chattering.length),
      figureOf('fleeting', raised.filter(isFleeting).length),
      topTen(actors.top, raised.length),
      ...times(all, raised, to),
      figureOf('maximumReAlarmCount', actors.comesAgain),
      figureOf('shelved', acts.shelved),
      figureOf('outOfService', acts.outOfService),
      figureOf('suppressed', acts.suppressed),
    ],
    spread: priorities.map((priority) => {
      const count = raised.filter((one) => one.priority === priority).length
      const share = raised.length > 0 ? count / raised.length : null
      return {
        priority,
        count,
        share,
        goal: spreadGoals[priority].goal,
        met: raised.length < fewestForSpread ? null : spreadMark(priority, share),
      }
    }),
    bars: barsOf(raised, edges),
    floods: floods.slice(-mostFloods).map(({ firstOut, ...flood }) => ({ ...flood, firstOut: nameOf(names.get(firstOut)) })),
    sources: actors.top,
    stale: actors.finished(actors.stale),
    chattering: actors.finished(actors.chattering),
  }
}

function topTen(top: readonly { share: number }[], count: number): KpiFigure {
  const figure = figureOf('topTenShare', count > 0 ? top.reduce((sum, { share }) => sum + share, 0) : null)
  return count < fewestForTop ? { ...figure, met: null } : figure
}

const nameOf = (one: KpiOccurrence | undefined) => {
  if (!one) return null
  const { alarm, rule, ruleName, device, deviceName, point, part } = one
  return { alarm, rule, ruleName, device, deviceName, point, part }
}

function rates(raised: readonly KpiOccurrence[], from: number, to: number): KpiFigure[] {
  const span = to - from
  const count = raised.length
  const ten = periods(raised, from, tenMs)
  const all = Math.ceil(span / tenMs)
  const busy = [...ten.values()].filter((of) => of > 10).length
  return [
    figureOf('alarmCount', count),
    figureOf('currentAlarmRate', span > 0 ? raised.filter(({ raisedAt }) => raisedAt > to - tenMs).length : null),
    figureOf('averageAlarmRate', span > 0 ? (count * tenMs) / Math.max(span, tenMs) : null),
    figureOf('alarmsPerDay', span >= dayMs ? (count * dayMs) / span : null),
    figureOf('maximumAlarmRate', span > 0 ? mostOf(ten) : null),
    figureOf('worstHour', span > 0 ? mostOf(periods(raised, from, hourMs)) : null),
    figureOf('worstMinute', span > 0 ? mostOf(periods(raised, from, minuteMs)) : null),
    figureOf('busyShare', all > 0 ? busy / all : null),
  ]
}

/** How many were raised in each period that is not empty. */
function periods(raised: readonly KpiOccurrence[], from: number, everyMs: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { raisedAt } of raised) {
    const place = Math.floor((raisedAt - from) / everyMs)
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  return counts
}

const mostOf = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((a, b) => Math.max(a, b), 0)

function floodFigures(floods: readonly { from: number; to: number | null }[], from: number, to: number): KpiFigure[] {
  const lengths = floods.map((flood) => (flood.to ?? to) - flood.from)
  const total = lengths.reduce((a, b) => a + b, 0)
  return [
    figureOf('floodCount', floods.length),
    figureOf('longestFlood', lengths.length > 0 ? lengths.reduce((a, b) => Math.max(a, b)) : null),
    figureOf('floodShare', to > from ? total / (to - from) : null),
  ]
}

function times(all: readonly KpiOccurrence[], raised: readonly KpiOccurrence[], to: number): KpiFigure[] {
  const toAcknowledge = raised
    .flatMap(({ raisedAt, acknowledgedAt }) => (acknowledgedAt === null ? [] : [acknowledgedAt - raisedAt]))
    .toSorted((a, b) => a - b)
  const rank = (share: number) => toAcknowledge[Math.ceil(toAcknowledge.length * share) - 1] ?? null
  const longest = (end: (one: KpiOccurrence) => number) =>
    all.reduce<number | null>((most, one) => Math.max(most ?? 0, end(one) - one.raisedAt), null)
  const figures: [FigureName, number | null][] = [
    ['medianToAcknowledge', rank(0.5)],
    ['longToAcknowledge', rank(0.9)],
    ['neverAcknowledged', raised.length - toAcknowledge.length],
    ['maximumActiveState', longest(({ clearedAt }) => clearedAt ?? to)],
    ['maximumUnAck', longest(({ acknowledgedAt, endedAt }) => acknowledgedAt ?? endedAt ?? to)],
  ]
  return figures.map(([name, value]) => figureOf(name, value))
}

function barsOf(raised: readonly KpiOccurrence[], edges: readonly number[]): AlarmKpi['bars'] {
  const bars = edges.slice(1).map((to, i) => {
    const counts: Record<Priority, number> = { critical: 0, high: 0, medium: 0, low: 0 }
    return { from: edges[i] ?? to, to, counts }
  })
  let place = 0
  for (const { raisedAt, priority } of raised) {
    while (place < bars.length && (bars[place]?.to ?? 0) <= raisedAt) place += 1
    const bar = bars[place]
    if (bar && bar.from <= raisedAt) bar.counts[priority] += 1
  }
  return bars
}
