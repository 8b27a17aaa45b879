import { qualities, type Quality } from '#shared/reading.ts'
import type { StoredLine } from '#shared/history/port.ts'
import type { Host } from '../capability.ts'
import type { Condition } from './condition.ts'

/** Series that are asked for at once. */
const seriesAtOnce = 200
/** Kept apart by what they need, so that a month is not read for what needs an hour. */
const spansMs = [1, 28, 7 * 24, 31 * 24].map((hours) => hours * 3_600_000)

/**
 * Tells fresh conditions what history has of the time that they look back on, so that a start forgets nothing. What that makes of them counts
 * for nothing: only what comes from now on raises or clears. Says once for each condition that it is ready.
 */
export async function prime(host: Host, conditions: readonly Condition[], at: number): Promise<void> {
  for (const span of spansMs) {
    const some = conditions.filter(({ ready, memoryMs }) => !ready && memoryMs <= span)
    for (let i = 0; i < some.length; i += seriesAtOnce) await primeSome(host, some.slice(i, i + seriesAtOnce), at - span, at)
  }
  for (const condition of conditions) condition.ready = true
}

async function primeSome(host: Host, conditions: readonly Condition[], from: number, to: number): Promise<void> {
  const series = [...new Set(conditions.flatMap(({ check }) => check?.series ?? []))]
  try {
    const lines = await host.workers.history.call.samples({ series, from, to })
    const bySeries = new Map(lines.map((line) => [line.series, line]))
    for (const condition of conditions) feed(condition, bySeries)
  } catch (error) {
    host.log.for('alarms').error('what came before the start is not known to alarms', { error: String(error) })
  }
  for (const condition of conditions) condition.ready = true
}

/** In the order of time, all series of the check together. */
function feed(condition: Condition, bySeries: ReadonlyMap<number, StoredLine>): void {
  const { check } = condition
  if (!check) return
  const places = check.series.map((series) => ({ line: bySeries.get(series), next: 0 }))
  for (;;) {
    let first = -1
    let at = Infinity
    places.forEach(({ line, next }, i) => {
      const time = line?.at[next]
      if (time !== undefined && time < at) [first, at] = [i, time]
    })
    const place = places[first]
    if (!place?.line) return
    const { value, quality } = place.line
    check.take(first, value[place.next] as number, qualities[quality[place.next] as number] as Quality, at, condition.kept.standing.active)
    condition.lastAt = Math.max(condition.lastAt, at)
    place.next++
  }
}
