import { z } from 'zod'
import { contract, done } from '../contract.ts'
import { units, type Quantity } from '../units.ts'
import { ruleContentSchema } from './rule.ts'

/**
 * What a rule would have done on stored history. Counts are of occurrences; `chattering` those of which three or more of one condition began
 * within six quarter hours.
 */
const outcomeSchema = z.object({
  occurrences: z.number().int(),
  chattering: z.number().int(),
  fleeting: z.number().int().describe('Gone within a quarter hour, before anybody could act'),
  devices: z.number().int().describe('That it came up on'),
  activeMs: z.number().describe('Together'),
  perWeek: z.number(),
})
export type Outcome = z.infer<typeof outcomeSchema>

export const trialSchema = z
  .object({
    untried: z.enum(['kind']).nullable().describe('`kind`: history does not hold what such a rule looks at'),
    from: z.number().describe('UTC ms; when history begins later, its first sample'),
    to: z.number(),
    is: z
      .enum(Object.keys(units) as [Quantity, ...Quantity[]])
      .nullable()
      .describe('What the first point of the rule measures'),
    conditions: z.number().int(),
    samples: z.number().int().describe('Stored samples that it was held against'),
    tookMs: z.number(),
    covered: z.number().describe('Share of the time in which there were values that count, 0 to 1'),
    now: outcomeSchema,
    variants: z
      .array(
        z.object({
          deadband: z.number().nullable(),
          onDelayS: z.number().int(),
          lost: z.number().int().describe('Occurrences of more than an hour that it would not have shown'),
          outcome: outcomeSchema,
        }),
      )
      .describe('The same with another deadband or delay'),
    suggestion: z.object({ deadband: z.number().nullable(), onDelayS: z.number().int() }).nullable(),
    places: z
      .array(
        z.object({
          device: z.string(),
          deviceName: z.string(),
          point: z.string(),
          part: z.string(),
          series: z.number().int().nullable(),
          is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]).nullable(),
          limit: z.number().nullable(),
          occurrences: z.number().int(),
          activeMs: z.number(),
          times: z
            .array(z.object({ from: z.number(), to: z.number().nullable(), value: z.number().nullable() }))
            .describe('The newest, newest first, at most 200, from the tenth place on 10; `to` null: it stands at the end'),
        }),
      )
      .describe('Where it came up, most often first; at most 500'),
  })
  .meta({ id: 'AlarmTrial' })
export type Trial = z.infer<typeof trialSchema>

export const trialRows = contract({
  tryRule: {
    method: 'POST',
    path: '/alarms/rules/try',
    role: 'readonly',
    summary: 'Run a rule over stored history: when it would have come up, and what another deadband or delay would change',
    input: z.object({
      content: ruleContentSchema,
      from: z.number().describe('UTC ms, at most three years before `to`'),
      to: z.number(),
      job: z
        .string()
        .min(1)
        .max(64)
        .optional()
        .describe('Tells how far it is in the live event `jobs`, under `alarms.trial.` and this name, and is what it is stopped by'),
    }),
    output: trialSchema,
  },
  stopTrial: {
    method: 'DELETE',
    path: '/alarms/rules/try/{job}',
    role: 'readonly',
    summary: 'Stop a run over history',
    input: z.object({ job: z.string().max(64) }),
    output: done,
  },
})
