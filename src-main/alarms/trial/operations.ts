import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { inScope } from '#shared/alarms/scope.ts'
import type { RuleContent } from '#shared/alarms/rule.ts'
import type { Trial, trialRows } from '#shared/alarms/trial-contract.ts'
import { untried } from '#shared/alarms/trial/results.ts'
import type { Host } from '../../capability.ts'
import type { Context } from '../../dispatch.ts'
import { ruleDevice } from '../rule-device.ts'
import { Running, type Progress } from './running.ts'
import { tryContact } from './try-contact.ts'
import { tryReadings } from './try-readings.ts'

const longestMs = 3 * 366 * 24 * 3_600_000

/** Runs rules over stored history, whether they are saved or not. Nothing is changed by it. */
export function trialOperations(host: Host): Handlers<typeof trialRows, Context> {
  const running = new Running(host)
  return {
    tryRule: async ({ content, from, to, job }, { signal }) => {
      if (!(from < to) || to - from > longestMs) throw new Failure('input.invalid', { fields: 'from and to' })
      return await running.run(job, signal, (progress) => tryRule(host, content, { from, to }, progress))
    },
    stopTrial: ({ job }) => {
      running.stop(job)
      return { done: true }
    },
  }
}

/** History is looked at from its first sample on, so that the weeks before it do not count as quiet ones. */
async function tryRule(host: Host, content: RuleContent, asked: { from: number; to: number }, progress: Progress): Promise<Trial> {
  const begun = host.clock()
  const { first } = await host.workers.history.call.status({})
  const to = Math.min(asked.to, begun)
  const from = Math.min(to, Math.max(0, asked.from, first ?? to))
  const { kind } = content.test
  if (kind === 'meter' || kind === 'health') return untried(from, to)
  const devices = host.plant.all().filter((device) => inScope(content.scope, ruleDevice(device)))
  const span = { from, to }
  const results = await (kind === 'offline' ? tryContact : tryReadings)({ host, content, devices, span, progress })
  return results.trial({ from, to, tookMs: Math.max(0, host.clock() - begun) })
}
