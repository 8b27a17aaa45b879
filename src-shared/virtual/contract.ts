import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { qualities } from '../reading.ts'
import { units, type Quantity } from '../units.ts'
import { reasonCodes } from './evaluate.ts'
import { faultCodes } from './fault.ts'
import { formulaLimits } from './limits.ts'

const quantity = z.enum(Object.keys(units) as [Quantity, ...Quantity[]])
const id = z.coerce.number<number>().int().positive()

const settings = {
  text: z
    .string()
    .max(formulaLimits.text)
    .describe('Such as [Mill Lane 3 / circuit1.flow] - [Mill Lane 3 / circuit1.return]; points also by series number, as [#12]'),
  is: quantity.describe('What the result is; units are checked against it'),
  trusting: z.boolean().default(false).describe('The unit of the result is vouched for by a person: no units are checked'),
  share: z.number().min(0.01).max(1).default(0.75).describe('Part of a group that must have a value'),
}

export const formulaFaultSchema = z
  .object({
    code: z.enum(faultCodes),
    at: z.number().int().describe('Characters from the beginning of the text'),
    length: z.number().int(),
    params: z.record(z.string(), z.string()),
  })
  .meta({ id: 'FormulaFault' })

export const formulaReasonSchema = z
  .object({
    code: z.enum(reasonCodes),
    series: z.number().int().nullable().describe('The input that it comes from'),
    deviceName: z.string().nullable(),
    point: z.string().nullable(),
    title: z.string().nullable(),
    at: z.number().int().describe('Characters from the beginning of the text; of a stored formula, of the text as it is shown'),
    length: z.number().int(),
    have: z.number().int().describe('Members of a group that have a value'),
    of: z.number().int(),
  })
  .meta({ id: 'FormulaReason' })
export type FormulaReason = z.infer<typeof formulaReasonSchema>

const resultSchema = z
  .object({
    value: z.number().nullable(),
    quality: z.enum(qualities),
    at: z.number().nullable().describe('UTC ms of the newest input'),
    reason: formulaReasonSchema.nullable().describe('Why there is no value, or why it is worth less'),
  })
  .meta({ id: 'FormulaResult' })
export type FormulaResult = z.infer<typeof resultSchema>

export const formulaJobSchema = z
  .object({
    id: z.number().int(),
    formula: z.number().int(),
    name: z.string(),
    from: z.number().describe('UTC ms'),
    to: z.number(),
    doneTo: z.number().describe('UTC ms up to which it is stored'),
    replace: z.boolean(),
    state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
    rows: z.number().int().describe('Values calculated'),
    absent: z.number().int().describe('Quarter hours with inputs and without a result'),
    askedAt: z.number(),
    endedAt: z.number().nullable(),
  })
  .meta({ id: 'FormulaJob' })
export type FormulaJob = z.infer<typeof formulaJobSchema>

export const formulaSchema = z
  .object({
    id: z.number().int(),
    device: z.string(),
    deviceName: z.string(),
    point: z.string().describe('Such as calculated1'),
    series: z.number().int(),
    name: z.string(),
    ...settings,
    trusting: z.boolean(),
    share: z.number(),
    unit: z.string(),
    inputs: z.number().int(),
    past: z.boolean().describe('It looks back, so that it has a value for each quarter hour and none between'),
    fault: formulaFaultSchema.nullable().describe('Why it is not calculated now, such as a point that is gone'),
    result: resultSchema.nullable(),
    madeAt: z.number(),
    changedAt: z.number(),
  })
  .meta({ id: 'Formula' })
export type Formula = z.infer<typeof formulaSchema>

export const checkedSchema = z
  .object({
    fault: formulaFaultSchema.nullable(),
    past: z.boolean(),
    inputs: z
      .array(
        z.object({
          series: z.number().int(),
          device: z.string(),
          deviceName: z.string(),
          point: z.string(),
          title: z.string().nullable(),
          is: quantity,
          value: z.number().nullable(),
          quality: z.enum(qualities).nullable(),
          at: z.number().nullable(),
          back: z.number().int().describe('Quarter hours before'),
        }),
      )
      .describe('At most 200 of them'),
    inputCount: z.number().int(),
    result: resultSchema.nullable(),
  })
  .meta({ id: 'CheckedFormula' })
export type CheckedFormula = z.infer<typeof checkedSchema>

const device = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(80)
const own = device.optional().describe('Points without a device in front belong to this one')

export const virtual = contract({
  list: {
    method: 'GET',
    path: '/formulas',
    role: 'readonly',
    summary: 'All calculated points with their formulas and what they give now',
    input: nothing,
    output: z.array(formulaSchema),
  },
  check: {
    method: 'POST',
    path: '/formulas/check',
    role: 'full',
    summary: 'Whether a formula can be read and its units fit, and what it gives now; nothing is stored',
    input: z.object({ ...settings, device: own, id: id.optional().describe('The formula that this is to replace') }),
    output: checkedSchema,
  },
  test: {
    method: 'POST',
    path: '/formulas/test',
    role: 'full',
    summary: 'What a formula would have given on each quarter hour of a day or less; nothing is stored',
    input: z.object({ ...settings, device: own, id: id.optional(), hours: z.number().int().min(1).max(48).default(24) }),
    output: z.object({
      at: z.array(z.number()),
      value: z.array(z.number().nullable()),
      quality: z.array(z.number().int()),
      reasons: z.array(formulaReasonSchema.extend({ times: z.number().int() })).describe('Why values are missing, most frequent first'),
    }),
  },
  save: {
    method: 'POST',
    path: '/formulas',
    role: 'full',
    summary: 'Make a calculated point, at a device or at a new device that only has calculated points',
    input: z.object({
      ...settings,
      name,
      device: device.optional().describe('The device that it becomes a point of'),
      newDevice: name.optional().describe('Instead of it: name of a new device for calculated points'),
    }),
    output: formulaSchema,
    audit: 'formula',
  },
  change: {
    method: 'PATCH',
    path: '/formulas/{id}',
    role: 'full',
    summary: 'Change name or formula of a calculated point from now on; it keeps its series, and its past stays as it is',
    input: z.object({ id, name, text: settings.text, trusting: settings.trusting, share: settings.share }),
    output: formulaSchema,
    audit: 'formula',
  },
  remove: {
    method: 'DELETE',
    path: '/formulas/{id}',
    role: 'full',
    summary: 'End a calculated point; what was stored stays on disk',
    input: z.object({ id }),
    output: done,
    audit: 'formula',
  },
  backfill: {
    method: 'POST',
    path: '/formulas/{id}/backfill',
    role: 'full',
    summary: 'Calculate a point back over a range of time, in the background',
    input: z.object({
      id,
      from: z.number().describe('UTC ms'),
      to: z.number().describe('UTC ms'),
      replace: z.boolean().default(false).describe('Also where there is a value already'),
    }),
    output: formulaJobSchema,
    audit: 'formula',
  },
  jobs: {
    method: 'GET',
    path: '/formula-jobs',
    role: 'readonly',
    summary: 'Calculations over the past: those that go on, and the last twenty that ended',
    input: nothing,
    output: z.array(formulaJobSchema),
  },
  cancel: {
    method: 'DELETE',
    path: '/formula-jobs/{id}',
    role: 'full',
    summary: 'End a calculation over the past; what it has stored stays',
    input: z.object({ id }),
    output: done,
    audit: 'formula',
  },
})
