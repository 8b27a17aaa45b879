import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { readyGroups } from './library.ts'
import { priorities } from './priority.ts'
import { gateSchema, ruleContentSchema, ruleSchema, scopeSchema, testSchema } from './rule.ts'

const id = z.string().min(1).max(64)

/** How a rule fares now. */
const fareSchema = z.object({
  devices: z.number().int().describe('That it applies to now'),
  conditions: z.number().int(),
  active: z.number().int(),
  week: z.number().int().describe('Occurrences of the last seven days'),
})

/** Where a rule would look. `lacking`: devices of the scope that have none of its points. */
export const effectSchema = z
  .object({
    devices: z.array(
      z.object({
        device: z.string(),
        name: z.string(),
        place: z.string(),
        points: z.array(z.string()),
        overridden: z.boolean(),
        off: z.boolean(),
      }),
    ),
    lacking: z.array(z.object({ device: z.string(), name: z.string() })),
    conditions: z.number().int(),
  })
  .meta({ id: 'AlarmRuleEffect' })

export const readyRuleSchema = z
  .object({
    id: z.string(),
    group: z.enum(readyGroups),
    recommended: z.boolean().describe('Suits nearly every plant as it is'),
    source: z.string().describe('Where its numbers come from'),
    content: ruleContentSchema,
    fits: z.number().int().describe('Devices here that it would look at'),
    taken: z.number().int().describe('Rules here that were made from it'),
  })
  .meta({ id: 'ReadyAlarmRule' })

export const ruleRows = contract({
  rules: {
    method: 'GET',
    path: '/alarms/rules',
    role: 'readonly',
    summary: 'All rules with how they fare, and the spread of priorities; removed ones on request',
    input: z.object({ removed: z.enum(['yes', 'no']).default('no') }),
    output: z.object({
      rules: z.array(ruleSchema.extend(fareSchema.shape)),
      spread: z.array(z.object({ priority: z.enum(priorities), conditions: z.number().int() })),
    }),
  },
  rule: {
    method: 'GET',
    path: '/alarms/rules/{id}',
    role: 'readonly',
    summary: 'One rule with the devices that it looks at',
    input: z.object({ id }),
    output: z.object({ rule: ruleSchema, effect: effectSchema }),
  },
  addRule: {
    method: 'POST',
    path: '/alarms/rules',
    role: 'full',
    summary: 'Make a rule, enabled or not',
    input: z.object({ content: ruleContentSchema, library: z.string().max(80).nullable().default(null) }),
    output: ruleSchema,
    audit: 'alarmRule',
  },
  changeRule: {
    method: 'PUT',
    path: '/alarms/rules/{id}',
    role: 'full',
    summary: 'Change a rule; the version says which one was seen, so that nobody’s change is lost',
    input: z.object({ id, version: z.number().int(), content: ruleContentSchema, reason: z.string().trim().max(500).default('') }),
    output: ruleSchema,
    audit: 'alarmRule',
  },
  enableRule: {
    method: 'POST',
    path: '/alarms/rules/{id}/enable',
    role: 'full',
    summary: 'Switch a rule on or off',
    input: z.object({ id, enabled: z.boolean() }),
    output: ruleSchema,
    audit: 'alarmRule',
  },
  removeRule: {
    method: 'DELETE',
    path: '/alarms/rules/{id}',
    role: 'full',
    summary: 'Remove a rule; what it raised is ended, its history stays, and it can be brought back',
    input: z.object({ id }),
    output: done,
    audit: 'alarmRule',
  },
  restoreRule: {
    method: 'POST',
    path: '/alarms/rules/{id}/restore',
    role: 'full',
    summary: 'Bring a removed rule back, switched off',
    input: z.object({ id }),
    output: ruleSchema,
    audit: 'alarmRule',
  },
  effect: {
    method: 'POST',
    path: '/alarms/rules/effect',
    role: 'readonly',
    summary: 'Which devices and points a rule would look at',
    input: z.object({ scope: scopeSchema, test: testSchema, while: z.array(gateSchema).max(3).default([]) }),
    output: effectSchema,
  },
  library: {
    method: 'GET',
    path: '/alarms/library',
    role: 'readonly',
    summary: 'Ready-made rules',
    input: nothing,
    output: z.array(readyRuleSchema),
  },
  adopt: {
    method: 'POST',
    path: '/alarms/library/adopt',
    role: 'full',
    summary: 'Make rules from ready-made ones, as they are',
    input: z.object({
      ids: z.array(z.string().max(80)).min(1).max(100),
      language: z.string().max(12).default('en'),
      enabled: z.boolean().default(true),
    }),
    output: z.array(ruleSchema),
    audit: 'alarmRule',
  },
})
