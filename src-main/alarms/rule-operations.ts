import type { alarms } from '#shared/alarms/contract.ts'
import { faultsOfRule } from '#shared/alarms/rule-faults.ts'
import { priorities } from '#shared/alarms/priority.ts'
import type { Rule, RuleContent } from '#shared/alarms/rule.ts'
import { createCalendar } from '#shared/calendar.ts'
import type { Handlers, OutputOf } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { nameOf } from './acting.ts'
import type { Desk } from './desk.ts'
import { effectOf } from './effect.ts'
import { contentOf, insertRule, markRemoved, updateRule } from './rule-store.ts'
import type { Source } from './source.ts'

const weekMs = 7 * 24 * 3_600_000

type RuleActs = Pick<
  Handlers<typeof alarms, Context>,
  'rules' | 'rule' | 'addRule' | 'changeRule' | 'enableRule' | 'removeRule' | 'restoreRule' | 'effect'
>
type Listed = OutputOf<typeof alarms.rules>['rules'][number]

/** Makes a rule of what a person, or the library, says; it is looked at from now on. */
export async function addRule(host: Host, desk: Desk, content: RuleContent, library: string | null, context: Context): Promise<Rule> {
  refuse(content)
  const rule = await insertRule(host.database, content, library, { at: host.clock(), by: nameOf(context), reason: '' })
  desk.plan(rule)
  return rule
}

/** What a person may do with rules. */
export function ruleActs(host: Host, desk: Desk, sources: () => readonly Source[]): RuleActs {
  const calendar = createCalendar(host.timeZone)

  const find = (id: string): Rule => {
    const rule = desk.rules.get(id)
    if (!rule) throw new Failure('notFound', { what: 'alarmRule' })
    return rule
  }

  const save = async (before: Rule, seen: number, content: RuleContent, reason: string, context: Context): Promise<Rule> => {
    refuse(content)
    const rule = await updateRule(host.database, before, seen, content, { at: host.clock(), by: nameOf(context), reason })
    desk.plan(rule)
    return rule
  }

  return {
    async rules({ removed }) {
      const since = host.clock() - weekMs
      const counted = await host.database
        .selectFrom('alarmOccurrence')
        .select(['rule', ({ fn }) => fn.countAll<number>().as('count')])
        .where('raisedAt', '>=', since)
        .where('hidden', 'is', null)
        .groupBy('rule')
        .execute()
      const week = new Map(counted.map(({ rule, count }) => [rule, count]))
      const rules = [...desk.rules.values()].filter(({ removedAt }) => (removedAt !== null) === (removed === 'yes'))
      const spread = new Map(priorities.map((priority) => [priority, 0]))
      for (const { priority } of desk.engine.conditions.all()) spread.set(priority, (spread.get(priority) ?? 0) + 1)
      return {
        rules: rules.map((rule): Listed => {
          const conditions = [...desk.engine.conditions.ofRule(rule.id)]
          return {
            ...rule,
            devices: new Set(conditions.flatMap(({ device }) => (device ? [device.id] : []))).size,
            conditions: conditions.length,
            active: conditions.filter(({ shown }) => shown.standing.active).length,
            week: week.get(rule.id) ?? 0,
          }
        }),
        spread: [...spread].map(([priority, conditions]) => ({ priority, conditions })),
      }
    },

    rule: ({ id }) => {
      const rule = find(id)
      return { rule, effect: effectOf(rule, host.plant.all(), sources(), calendar, host.clock()) }
    },

    addRule: ({ content, library }, context) => addRule(host, desk, content, library, context),

    changeRule: ({ id, version, content, reason }, context) => save(find(id), version, content, reason, context),

    enableRule({ id, enabled }, context) {
      const rule = find(id)
      if (rule.removedAt !== null) throw new Failure('notFound', { what: 'alarmRule' })
      return save(rule, rule.version, { ...contentOf(rule), enabled }, '', context)
    },

    async removeRule({ id }) {
      desk.plan(await markRemoved(host.database, find(id), host.clock()))
      return { done: true }
    },

    async restoreRule({ id }, context) {
      const rule = await markRemoved(host.database, find(id), null)
      return save(rule, rule.version, { ...contentOf(rule), enabled: false }, '', context)
    },

    effect: ({ scope, test, while: gates }) => {
      const at = host.clock()
      return effectOf({ ...sketch(scope, test, at), while: gates }, host.plant.all(), sources(), calendar, at)
    },
  }
}

/** Throws input.invalid with what is wrong with a rule that could never come up, or always would. */
function refuse(content: RuleContent): void {
  const faults = faultsOfRule(content)
  if (faults.length > 0) throw new Failure('input.invalid', { fields: faults.join(', ') })
}

function sketch(scope: Rule['scope'], test: Rule['test'], at: number): Rule {
  return {
    id: 'sketch',
    version: 0,
    library: null,
    createdAt: at,
    changedAt: at,
    changedBy: '',
    removedAt: null,
    name: 'sketch',
    description: '',
    enabled: true,
    priority: 'low',
    scope,
    test,
    while: [],
    onDelayS: 0,
    offDelayS: 0,
    latched: false,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: null,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
  }
}
