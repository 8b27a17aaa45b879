import type { FaultKind } from '../simulator/faults.ts'
import { namedTarget } from './kinds.ts'

/** A fault that struck; `after`: ms of the exercise when it began. `own`: the exercise brought it; others were there anyway. */
export type Truth = { id: string; own: boolean; kind: FaultKind; target: string; after: number; stations?: readonly string[] }

/** What a trainee reported; `after`: ms of the exercise. */
export type Report = { id: string; kind: FaultKind; target: string; after: number }

/** `known`: true, but no fault of the exercise, or told already: costs nothing. */
export type Outcome = 'found' | 'half' | 'false' | 'known'

/** `delay`: ms from the beginning of the fault to the report. */
export type Judged = { id: string; outcome: Outcome; fault: string | null; delay: number | null }

export type Score = {
  /** 0 to 100; null when the exercise had faults planned and none had begun. */
  points: number | null
  found: number
  half: number
  missed: number
  false: number
  judged: Judged[]
}

/** Shares of what one fault is worth, and points that a false report costs. */
export const weights = { found: 0.8, speed: 0.2, half: 0.4, false: 10 } as const

/**
 * Holds the standing reports of one trainee against the truth. Each fault is worth 100 / (number of faults): 80 % of it for place and
 * kind, up to 20 % more for speed (falling evenly from its beginning to the end of the exercise), 40 % for the place alone. A false
 * report costs 10 points; nobody gets less than 0. `limit`: time limit, ms of the exercise; `planned`: faults that it had in mind.
 */
export function scoreReports(reports: readonly Report[], truth: readonly Truth[], limit: number, planned: number): Score {
  const own = truth.filter((fault) => fault.own)
  const judged = judge(reports, truth)
  const of = (outcome: Outcome) => judged.filter((one) => one.outcome === outcome)
  const found = of('found')
  const half = of('half')
  const wrong = of('false').length
  const speed = found.reduce((sum, { fault, delay }) => {
    const begin = own.find(({ id }) => id === fault)?.after ?? 0
    const time = limit - begin
    return sum + (time <= 0 ? 1 : clamp(1 - (delay ?? 0) / time))
  }, 0)
  const earned = found.length * weights.found + speed * weights.speed + half.length * weights.half
  const share = own.length === 0 ? 100 : (100 * earned) / own.length
  const points = own.length === 0 && planned > 0 ? null : Math.round(Math.max(0, share - wrong * weights.false))
  return { points, found: found.length, half: half.length, missed: own.length - found.length - half.length, false: wrong, judged }
}

/** First what is right in place and kind, then what is right in place; the earliest report of a fault counts. */
function judge(reports: readonly Report[], truth: readonly Truth[]): Judged[] {
  const inTime = reports.toSorted((a, b) => a.after - b.after)
  const verdicts = new Map<string, Judged>()
  const settled = new Set<string>()
  const settle = (own: boolean, outcome: Outcome, fits: (report: Report, fault: Truth) => boolean) => {
    for (const report of inTime) {
      if (verdicts.has(report.id)) continue
      const fault = truth.find((one) => one.own === own && !settled.has(one.id) && one.after <= report.after && fits(report, one))
      if (!fault) continue
      settled.add(fault.id)
      verdicts.set(report.id, { id: report.id, outcome, fault: fault.id, delay: own ? report.after - fault.after : null })
    }
  }
  settle(true, 'found', (report, fault) => report.kind === fault.kind && report.target === namedTarget(fault.kind, fault.target))
  settle(true, 'half', (report, fault) => report.target === namedTarget(fault.kind, fault.target) || isPart(report, fault))
  // Whoever reports several houses of a street that is frozen as a whole is not wrong.
  settle(false, 'known', (report, fault) => report.target === namedTarget(fault.kind, fault.target) || isPart(report, fault))
  return reports.map((report) => {
    const verdict = verdicts.get(report.id)
    if (verdict) return verdict
    const whole = truth.find((fault) => fault.after <= report.after && isPart(report, fault))
    return { id: report.id, outcome: whole ? 'known' : 'false', fault: whole?.id ?? null, delay: null }
  })
}

/** Only the silence or stillness of the gateway shows at each of its stations. */
function isPart({ kind, target }: Report, { stations = [] }: Truth): boolean {
  return stations.includes(target) && (kind === 'frozen' || kind === 'gatewayFrozen')
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
