import type { alarms } from '#shared/alarms/contract.ts'
import { priorities, comparePriority } from '#shared/alarms/priority.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { openStates, type AlarmState } from '#shared/alarms/state.ts'
import { stateOf } from '#shared/alarms/step.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { Condition } from './condition.ts'
import type { Desk } from './desk.ts'
import { happeningsOf, occurrencesOf } from './history.ts'

type Views = Pick<Handlers<typeof alarms, Context>, 'list' | 'summary' | 'get'>

const stateShown = ({ shown }: Condition): AlarmState => stateOf(shown.standing)
const isOpen = (state: AlarmState): boolean => (openStates as readonly AlarmState[]).includes(state)

/** Alarms as they stand now. */
export function views(host: Host, desk: Desk): Views {
  const chosen = (view: string): Condition[] => {
    if (view === 'pending') return desk.engine.pending()
    const wanted = (state: AlarmState) => (view === 'open' ? isOpen(state) : state === view)
    return desk.notable().filter((condition) => wanted(stateShown(condition)))
  }

  return {
    list: ({ view, device }) => {
      const at = host.clock()
      const rows = chosen(view).filter((condition) => device === undefined || condition.place.device === device)
      return { at, rows: rows.map((condition) => desk.row(condition)).sort(inOrder), flood: desk.flood.look(at) }
    },

    summary: () => {
      const at = host.clock()
      const states = desk.notable().map((condition) => ({ condition, state: stateShown(condition) }))
      const count = (...wanted: AlarmState[]) => states.filter(({ state }) => wanted.includes(state)).length
      const unseen = states
        .filter(({ condition, state }) => state === 'unacknowledged' && condition.shown.standing.active)
        .map(({ condition }) => condition)
        .sort((a, b) => comparePriority(a.priority, b.priority) || (b.shown.raisedAt ?? 0) - (a.shown.raisedAt ?? 0))
      const newest = [...unseen].sort((a, b) => (b.shown.raisedAt ?? 0) - (a.shown.raisedAt ?? 0))[0]
      const since = states
        .filter(({ state }) => ['unacknowledged', 'returned', 'latchedUnacknowledged'].includes(state))
        .map(({ condition }) => condition.shown.raisedAt ?? at)
      return {
        at,
        priorities: priorities.map((priority) => {
          const of = (...wanted: AlarmState[]) =>
            states.filter(({ condition, state }) => condition.priority === priority && wanted.includes(state)).length
          return {
            priority,
            unacknowledged: of('unacknowledged', 'latchedUnacknowledged'),
            acknowledged: of('acknowledged', 'latchedAcknowledged'),
            returned: of('returned'),
          }
        }),
        open: count(...openStates),
        pending: desk.engine.pending().length,
        shelved: count('shelved'),
        suppressed: count('suppressed'),
        outOfService: count('outOfService'),
        oldestUnacknowledged: since.length === 0 ? null : Math.min(...since),
        newest: newest ? desk.row(newest) : null,
        annunciated: desk.annunciated,
        sounding: unseen[0]?.priority ?? null,
        flood: desk.flood.look(at),
        unsaved: desk.pen.unsaved,
      }
    },

    async get({ id }) {
      const condition = desk.engine.conditions.get(id)
      if (!condition) throw new Failure('notFound', { what: 'alarm' })
      const { description, cause, consequence, action, respondMinutes, link } = condition.rule
      const steps = action.split('\n').filter((line) => line.trim() !== '')
      return {
        row: desk.row(condition),
        sheet: {
          description,
          cause,
          consequence,
          respondMinutes,
          link,
          steps: steps.map((text, i) => {
            const done = condition.shown.steps.find(({ step }) => step === i)
            return { text, done: done ? { at: done.at, by: done.by } : null }
          }),
        },
        occurrences: await occurrencesOf(host.database, id),
        happenings: await happeningsOf(host.database, id),
        beneath: desk.hiddenBy(condition).map((one) => desk.row(one)),
      }
    },
  }
}

/** What nobody has seen first, then by priority, then the newest. */
function inOrder(a: AlarmRow, b: AlarmRow): number {
  const seen = ({ state }: AlarmRow) => (state === 'unacknowledged' || state === 'latchedUnacknowledged' || state === 'returned' ? 0 : 1)
  return seen(a) - seen(b) || comparePriority(a.priority, b.priority) || (b.raisedAt ?? 0) - (a.raisedAt ?? 0) || (a.id < b.id ? -1 : 1)
}
