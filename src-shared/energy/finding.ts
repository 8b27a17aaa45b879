import { z } from 'zod'

/** How findings were come to. Grows by one when a method changes, so that old ones can be told apart. */
export const methodVersion = 1

/** What can be wrong with a meter or what is measured beside it. */
export const rules = [
  'range',
  'code',
  'dropOut',
  'spike',
  'stuck',
  'noEnergy',
  'noVolume',
  'frozen',
  'gateway',
  'reset',
  'backwards',
  'jump',
  'exchange',
  'balance',
  'powerBalance',
  'swapped',
  'reversed',
  'coldSupply',
  'exchanger',
  'undersized',
  'oversized',
  'verification',
  'battery',
  'info',
] as const
export type Rule = (typeof rules)[number]

/** They happened once and are not over by themselves: they stay open until somebody says what it was. */
export const lasting: ReadonlySet<Rule> = new Set<Rule>(['reset', 'backwards', 'jump', 'exchange'])

/** Rules that a replacement of the meter would explain. */
export const replacementRules: ReadonlySet<Rule> = lasting

export const figureSchema = z.object({
  name: z.string().describe('Such as before, after, limit, hours, count, share'),
  value: z.number(),
  unit: z.string(),
})
export type Figure = z.infer<typeof figureSchema>

/** What one check of one meter has to say. `point` is the series that it is about, null when it is about several. */
export type Found = { rule: Rule; severity: 'warning' | 'alarm'; series: number | null; from: number; to: number; figures: Figure[] }

export const figure = (name: string, value: number, unit = ''): Figure => ({ name, value, unit })
