import { changesInMinute, chatters, isFleeting, isStale } from './chatter.ts'
import type { KpiSource, Suggestion } from './kpi-contract.ts'
import type { KpiOccurrence } from './kpi.ts'

/** So long before may come what an alarm follows. */
const followsMs = 120_000
const followsShare = 0.9
const fewest = 3
/** So often in a period, an alarm is worth a look whatever it is. */
const often = 10
const mostListed = 100
const top = 10

type Gathered = { all: KpiOccurrence[]; raised: KpiOccurrence[] }

/** The sources of a period: those that came most often, those that stand too long, and those that chatter. `all` is in the order of time. */
export function badActors(all: readonly KpiOccurrence[], { from, until }: { from: number; until: number }) {
  const byAlarm = new Map<string, Gathered>()
  for (const one of all) {
    const gathered = byAlarm.get(one.alarm) ?? { all: [], raised: [] }
    byAlarm.set(one.alarm, gathered)
    gathered.all.push(one)
    if (one.raisedAt >= from) gathered.raised.push(one)
  }
  const total = all.filter(({ raisedAt }) => raisedAt >= from).length
  const sources = [...byAlarm.values()].flatMap((gathered) => sourceOf(gathered, total, until))
  const frequent = sources.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count || (a.alarm < b.alarm ? -1 : 1))
  const finished = (source: KpiSource) => suggested(source, all, byAlarm)
  const stale = sources.filter(({ activeSince }) => activeSince !== null)
  const chattering = sources.filter(({ changes }) => changes >= chatters)
  return {
    top: frequent.slice(0, top).map(finished),
    stale: stale.toSorted((a, b) => (a.activeSince ?? 0) - (b.activeSince ?? 0)),
    chattering: chattering.toSorted((a, b) => b.changes - a.changes || b.count - a.count),
    finished: (list: readonly KpiSource[]) => list.slice(0, mostListed).map(finished),
    comesAgain: Math.max(0, ...frequent.map(({ count }) => count - 1)),
  }
}

function sourceOf({ all, raised }: Gathered, total: number, until: number): KpiSource[] {
  const last = all.at(-1)
  if (!last) return []
  const { alarm, rule, ruleName, device, deviceName, point, part, kind, priority } = last
  return [
    {
      alarm,
      rule,
      ruleName,
      device,
      deviceName,
      point,
      part,
      kind,
      priority,
      count: raised.length,
      share: total > 0 ? raised.length / total : 0,
      changes: changesInMinute(raised),
      fleeting: raised.filter(isFleeting).length,
      activeSince: isStale(last, until) ? last.raisedAt : null,
      suggestion: null,
      comesWith: null,
    },
  ]
}

function suggested(source: KpiSource, all: readonly KpiOccurrence[], byAlarm: ReadonlyMap<string, Gathered>): KpiSource {
  const raised = byAlarm.get(source.alarm)?.raised ?? []
  const parent = source.count < fewest ? null : followed(source, raised, all, byAlarm)
  const suggestion = ((): Suggestion | null => {
    if (source.changes >= chatters) return source.kind === 'limit' || source.kind === 'deviation' ? 'deadband' : 'offDelay'
    if (source.activeSince !== null) return 'stale'
    if (source.count >= fewest && source.fleeting * 2 >= source.count) return 'onDelay'
    if (parent) return 'suppress'
    return source.count >= often ? 'review' : null
  })()
  if (!parent) return { ...source, suggestion }
  const { alarm, rule, ruleName, device, deviceName, point, part } = parent
  return { ...source, suggestion, comesWith: { alarm, rule, ruleName, device, deviceName, point, part } }
}

/** The other alarm that came shortly before nearly every time, and is not simply one that comes all the time. */
function followed(
  source: KpiSource,
  raised: readonly KpiOccurrence[],
  all: readonly KpiOccurrence[],
  byAlarm: ReadonlyMap<string, Gathered>,
) {
  const before = new Map<string, number>()
  for (const one of raised) {
    const near = new Set<string>()
    for (let i = firstFrom(all, one.raisedAt - followsMs); i < all.length; i += 1) {
      const other = all[i]
      if (!other || other.raisedAt > one.raisedAt) break
      if (other.alarm !== one.alarm && other.id !== one.id) near.add(other.alarm)
    }
    for (const alarm of near) before.set(alarm, (before.get(alarm) ?? 0) + 1)
  }
  const [best] = [...before]
    .filter(([alarm, times]) => times >= source.count * followsShare && (byAlarm.get(alarm)?.raised.length ?? 0) <= source.count * 2)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return best ? (byAlarm.get(best[0])?.all.at(-1) ?? null) : null
}

/** Place of the first that was raised at `at` or after. */
function firstFrom(all: readonly KpiOccurrence[], at: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.raisedAt ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  return low
}
