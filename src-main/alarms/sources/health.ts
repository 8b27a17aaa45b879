import type { Verdict } from '#shared/alarms/check.ts'
import type { TestOf } from '#shared/alarms/rule.ts'
import type { Host } from '../../capability.ts'
import type { Source } from '../source.ts'
import { createProbes, patienceMs, type Health } from './health-probes.ts'

const everyMs = 30_000
/** Samples that wait for the disk: about what a thousand devices bring in a quarter hour. */
const mostWaiting = 100_000

type Check = TestOf<'health'>['checks'][number]
type Told = { verdict: Verdict; shown: { value: number | null; limit: number | null } }

/** How the program itself does. `failing`: what alarms bring about cannot be written to disk now. */
export function createHealthSource(
  host: Pick<Host, 'call' | 'dataFolder' | 'startedAt'>,
  failing: () => boolean,
  patience = patienceMs,
): Source {
  const probe = createProbes(host, patience)
  let conditions: { key: string; check: string; test: TestOf<'health'> }[] = []
  let health: Health | null = null
  let measuring: Promise<void> | null = null
  let measuredAt = -Infinity
  let news = true
  let failed = false

  return {
    kinds: ['health'],

    places({ id, test }) {
      if (test.kind !== 'health') return []
      return test.checks.map((part) => ({ rule: id, device: '', point: '', part, name: 'Hearthgrid', line: '', series: null }))
    },

    settle(now) {
      conditions = [...now].flatMap(([key, { place, rule }]) =>
        rule.test.kind === 'health' ? [{ key, check: place.part, test: rule.test }] : [],
      )
      news = true
    },

    look(at, tell) {
      if (conditions.length > 0 && !measuring && (at - measuredAt >= everyMs || at < measuredAt)) {
        measuredAt = at
        measuring = probe(at)
          .then((told) => {
            health = told
            news = true
          })
          .finally(() => {
            measuring = null
          })
      }
      news ||= failing() !== failed
      failed = failing()
      if (!news) return
      news = false
      for (const { key, check, test } of conditions) {
        const { verdict, shown } = judge(check as Check, test, health, failed)
        tell.verdict(key, verdict, at, shown)
      }
    },

    async stop() {
      await measuring
    },
  }
}

/** What is not known neither raises nor clears. */
export function judge(check: Check, test: TestOf<'health'>, health: Health | null, failed: boolean): Told {
  if (check === 'settingsFailed') return { verdict: failed ? 'beyond' : 'within', shown: nothing }
  if (!health) return { verdict: 'unknown', shown: nothing }
  if (check === 'diskFree') return against(health.diskFree, test.diskFree, (value, limit) => value < limit)
  if (check === 'backupAge') return against(health.backupAge, test.backupAge, above)
  if (check === 'pollOverrun') return against(health.late, test.pollOverrun, above)
  if (check === 'historyBehind') return against(health.waiting, mostWaiting, above)
  const verdict = health.history === 'refilling' ? 'unknown' : health.history === 'ready' ? 'within' : 'beyond'
  return { verdict, shown: nothing }
}

const nothing = { value: null, limit: null }
const above = (value: number, limit: number) => value > limit

function against(value: number | null, limit: number, isBeyond: (value: number, limit: number) => boolean): Told {
  const verdict = value === null ? 'unknown' : isBeyond(value, limit) ? 'beyond' : 'within'
  return { verdict, shown: { value, limit } }
}
