import { z } from 'zod'
import { contract, done } from '../contract.ts'
import { ruleContentSchema } from './rule.ts'

/** What a rule would have done on stored history. Counts are of occurrences; `chattering` those that came three or more in a minute or within 3 slots. */
const outcomeSchema = z.object({
  occurrences: z.number().int(),
  chattering: z.number().int(),
  fleeting: z.number().int().describe('Gone before anybody could act'),
  devices: z.number().int().describe('That it came up on'),
  activeMs: z.number().describe('Together'),
  perWeek: z.number(),
})

export const trialSchema = z
  .object({
    from: z.number(),
    to: z.number(),
    conditions: z.number().int(),
    samples: z.number().int().describe('Stored samples that it was held against'),
    tookMs: z.number(),
    covered: z.number().describe('Share of the time in which there were values that count, 0 to 1'),
    now: outcomeSchema,
    variants: z
      .array(z.object({ deadband: z.number().nullable(), onDelayS: z.number().int(), outcome: outcomeSchema }))
      .describe('The same with another deadband or delay'),
    suggestion: z.object({ deadband: z.number().nullable(), onDelayS: z.number().int() }).nullable(),
    places: z
      .array(
        z.object({
          device: z.string(),
          deviceName: z.string(),
          point: z.string(),
          part: z.string(),
          series: z.number().int(),
          occurrences: z.number().int(),
          activeMs: z.number(),
          times: z.array(z.object({ from: z.number(), to: z.number().nullable(), value: z.number().nullable() })).describe('At most 200'),
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
      from: z.number(),
      to: z.number(),
      job: z.string().max(64).optional().describe('Name of the job in events, and to stop it by'),
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
