import { z } from 'zod'
import { isTime } from '../calendar.ts'
import { contract, done } from '../contract.ts'
import { steps } from '../history/step.ts'

/** The screens that keep presets. */
export const presetKinds = ['readings', 'chart', 'overview', 'live'] as const
export type PresetKind = (typeof presetKinds)[number]

export const presetPeriods = ['day', 'week', 'month', 'quarter', 'year', 'own'] as const

const localTime = z.string().refine(isTime, { error: 'expected such as 2026-01-31T06:00' })

export const mostPresetSeries = 800
export const mostPresets = 200

/** What a screen shows. A period without dates stays relative: `week` is the week up to the day on which it is opened. */
export const presetContentSchema = z
  .object({
    series: z.array(z.number().int().positive()).max(mostPresetSeries).describe('Points, in their order'),
    period: z
      .object({
        kind: z.enum(presetPeriods),
        from: localTime.optional().describe('Local time, only with own'),
        to: localTime.optional(),
      })
      .refine(({ kind, from, to }) => (kind === 'own' ? from !== undefined && to !== undefined && from < to : !from && !to), {
        error: 'only an own period has dates, and its end is after its begin',
      })
      .optional(),
    step: z.enum(steps).optional(),
    options: z
      .record(z.string().regex(/^[\w.-]{1,40}$/), z.string().max(10_000))
      .refine((options) => Object.keys(options).length <= 40, { error: 'at most 40 options' })
      .optional()
      .describe('Further choices of the screen, in the words of its address'),
  })
  .meta({ id: 'PresetContent' })
export type PresetContent = z.infer<typeof presetContentSchema>

export const presetSchema = z
  .object({
    id: z.string(),
    kind: z.enum(presetKinds),
    name: z.string(),
    shared: z.boolean().describe('Everybody sees it'),
    owner: z.string(),
    mayChange: z.boolean().describe('Whoever asks may change it'),
    mayRemove: z.boolean(),
    content: presetContentSchema,
    missing: z.array(z.number().int()).describe('Series of the content that no device has any more'),
    changedAt: z.number().describe('UTC ms'),
  })
  .meta({ id: 'Preset' })
export type Preset = z.infer<typeof presetSchema>

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(80)

export const presets = contract({
  list: {
    method: 'GET',
    path: '/presets',
    role: 'readonly',
    summary: 'Your own presets and those that are shared, by name',
    input: z.object({ kind: z.enum(presetKinds).optional() }),
    output: z.object({ presets: z.array(presetSchema) }),
  },
  add: {
    method: 'POST',
    path: '/presets',
    role: 'readonly',
    summary: 'Keep a selection under a name, for yourself or (with the role full) for everybody',
    input: z.object({ kind: z.enum(presetKinds), name, shared: z.boolean().default(false), content: presetContentSchema }),
    output: presetSchema,
    audit: 'preset',
  },
  change: {
    method: 'PATCH',
    path: '/presets/{id}',
    role: 'readonly',
    summary: 'Rename a preset, share it, or let it hold another selection; shared ones need the role full',
    input: z.object({ id, name: name.optional(), shared: z.boolean().optional(), content: presetContentSchema.optional() }),
    output: presetSchema,
    audit: 'preset',
  },
  remove: {
    method: 'DELETE',
    path: '/presets/{id}',
    role: 'readonly',
    summary: 'Take a preset away: your own, or as administrator a shared one',
    input: z.object({ id }),
    output: done,
    audit: 'preset',
  },
})
