import type { ActedOn, alarms } from '#shared/alarms/contract.ts'
import { longestShelfMinutes } from '#shared/alarms/contract.ts'
import type { Handlers } from '#shared/contract.ts'
import { openStates, type AlarmEvent } from '#shared/alarms/state.ts'
import { stateOf } from '#shared/alarms/step.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { Condition } from './condition.ts'
import type { Desk } from './desk.ts'
import { writeMaintenance } from './kept-store.ts'
import { newOccurrence, type Doing } from './record.ts'

type Why = ActedOn['skipped'][number]['why']
/** What is to happen to one alarm, or why not. */
type Act = (condition: Condition, at: number, by: string) => { event: AlarmEvent; what: Doing['what']; text?: string } | { why: Why }
type Acts = Pick<
  Handlers<typeof alarms, Context>,
  'acknowledge' | 'reset' | 'shelve' | 'unshelve' | 'remove' | 'return' | 'comment' | 'stepDone' | 'maintain' | 'maintenance'
>

const minuteMs = 60_000
const longestMaintenanceMs = 7 * 24 * 60 * minuteMs

/** What operators do with alarms. Each answers when it is on disk. */
export function acts(host: Host, desk: Desk): Acts {
  const { engine } = desk

  const each = async (ids: readonly string[], context: Context, act: Act): Promise<ActedOn> => {
    const [at, by] = [host.clock(), nameOf(context)]
    const skipped: ActedOn['skipped'] = []
    const under: Promise<string | null>[] = []
    for (const id of new Set(ids)) {
      const condition = engine.conditions.get(id)
      const told = condition ? act(condition, at, by) : { why: 'gone' as const }
      if (!condition || 'why' in told) skipped.push({ id, why: 'why' in told ? told.why : 'gone' })
      else {
        const { event, what, text } = told
        under.push(engine.apply(condition, event, { at, by, what, ...(text !== undefined && { text }) }).then((done) => (done ? null : id)))
      }
    }
    const unchanged = (await Promise.all(under)).filter((id) => id !== null)
    skipped.push(...unchanged.map((id) => ({ id, why: 'notSo' as const })))
    context.entry?.note({ done: under.length - unchanged.length, skipped: skipped.length })
    return { done: under.length - unchanged.length, skipped }
  }

  const find = (id: string): Condition => {
    const condition = engine.conditions.get(id)
    if (!condition) throw new Failure('notFound', { what: 'alarm' })
    return condition
  }

  return {
    acknowledge: ({ ids, comment }, context) =>
      each(ids, context, (condition) =>
        condition.priority === 'critical' && comment === ''
          ? { why: 'commentNeeded' }
          : { event: { event: 'acknowledge' }, what: 'acknowledged', text: comment },
      ),

    reset: ({ ids }, context) => each(ids, context, () => ({ event: { event: 'reset' }, what: 'reset' })),

    shelve: ({ ids, minutes, reason }, context) =>
      each(ids, context, (condition, at, by) => {
        const longest = longestShelfMinutes[condition.priority]
        if (minutes !== null && minutes > longest) return { why: 'tooLong' }
        const until = at + (minutes ?? longest) * minuteMs
        const shelf = { at, by, reason, until, oneShot: minutes === null }
        return { event: { event: 'shelve', shelf }, what: 'shelved', text: reason }
      }),

    unshelve: ({ ids }, context) => each(ids, context, () => ({ event: { event: 'unshelve' }, what: 'unshelved' })),

    remove: ({ ids, reason }, context) =>
      each(ids, context, (_condition, at, by) => ({ event: { event: 'remove', out: { at, by, reason } }, what: 'removed', text: reason })),

    return: ({ ids }, context) => each(ids, context, () => ({ event: { event: 'return', id: newOccurrence() }, what: 'returned' })),

    async comment({ id, text }, context) {
      const condition = find(id)
      await engine.note(condition, { at: host.clock(), by: nameOf(context), what: 'commented', text }, condition.kept)
      return { done: true }
    },

    async stepDone({ id, occurrence, step }, context) {
      const condition = find(id)
      const { kept } = condition
      const text = condition.rule.action.split('\n').filter((line) => line.trim() !== '')[step]
      const isOfNow = kept.standing.occurrence === occurrence && (openStates as readonly string[]).includes(stateOf(kept.standing))
      if (text === undefined || !isOfNow) throw new Failure('notFound', { what: 'alarm' })
      if (kept.steps.some((one) => one.step === step)) return { done: true }
      const [at, by] = [host.clock(), nameOf(context)]
      await engine.note(condition, { at, by, what: 'stepDone', text }, { ...kept, steps: [...kept.steps, { step, at, by }] })
      return { done: true }
    },

    async maintain({ device, until, reason }, context) {
      if (!host.plant.get(device)) throw new Failure('notFound', { what: 'device' })
      const at = host.clock()
      if (until !== null && (until <= at || until > at + longestMaintenanceMs)) throw new Failure('input.invalid', { fields: 'until' })
      const before = desk.maintenance.get(device)
      const one = until === null ? null : { device, since: before?.since ?? at, until, by: nameOf(context), reason }
      await writeMaintenance(host.database, device, one)
      if (one) desk.maintenance.set(device, one)
      else desk.maintenance.delete(device)
      desk.rehide(device)
      return { done: true }
    },

    maintenance: () => [...desk.maintenance.values()],
  }
}

export const nameOf = ({ actor }: Context): string => actor?.name ?? ''
