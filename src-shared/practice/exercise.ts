import { z } from 'zod'
import { faultKindNames, type FaultKind } from '../simulator/faults.ts'
import { seasons } from './kinds.ts'

/** The exercises that come with the program, from easy to hard; each has a file of its own and a text in the locales. */
export const exerciseIds = [
  'firstLook',
  'silentHouse',
  'coldFlats',
  'hotReturn',
  'wrongClock',
  'meterReading',
  'morningShower',
  'weatherEye',
  'restlessValve',
  'plantNight',
  'frozenStreet',
  'quietWatch',
  'wetTrench',
  'mondayMorning',
] as const
export type ExerciseId = (typeof exerciseIds)[number]

export const levels = ['easy', 'medium', 'hard'] as const
export type Level = (typeof levels)[number]

const kind = z.enum(faultKindNames as [FaultKind, ...FaultKind[]])

export const wishSchema = z.strictObject({
  kinds: z.array(kind).min(1).describe('One of these, drawn by the seed; each once before one comes again'),
  count: z.number().int().min(1).max(12).default(1),
  target: z.string().min(1).max(80).optional().describe('Name of a station, node or zone; drawn by the seed when absent'),
  params: z.record(z.string(), z.number()).optional().describe('Only with a single kind; what is left out has its usual value'),
  after: z.number().min(0).max(720).describe('Hours of the exercise until it strikes'),
  spread: z.number().min(0).max(720).default(0).describe('It strikes up to so many hours later, drawn by the seed'),
  lasts: z.number().positive().max(720).optional().describe('Mends by itself after so many hours; stays when absent'),
})
export type Wish = z.output<typeof wishSchema>

export const speedSchema = z.number().min(1).max(600)

export const exerciseSchema = z
  .strictObject({
    $schema: z.string().optional(),
    level: z.enum(levels),
    season: z.enum(seasons),
    hours: z.number().min(0.25).max(720).describe('Time limit, simulated hours'),
    speed: speedSchema.describe('Simulated seconds a second while it runs'),
    faults: z.array(wishSchema).max(12).describe('None: everything is well, and that is to be found out'),
  })
  .superRefine(({ faults, hours }, context) => {
    faults.forEach(({ after, spread, kinds, params }, i) => {
      if (after + spread >= hours) context.addIssue({ code: 'custom', message: 'strikes after the end', path: ['faults', i, 'after'] })
      if (params && kinds.length > 1)
        context.addIssue({ code: 'custom', message: 'parameters need a single kind', path: ['faults', i, 'params'] })
    })
  })
export type Exercise = z.output<typeof exerciseSchema>

/** Exercises from files (name without `.json` → content), in their order. Throws an Error that names what is wrong or missing. */
export function parseExercises(files: ReadonlyMap<string, unknown>): { id: ExerciseId; exercise: Exercise }[] {
  for (const name of files.keys()) if (!exerciseIds.some((id) => id === name)) throw new Error(`exercise ${name} is not in the list`)
  return exerciseIds.map((id) => {
    const result = exerciseSchema.safeParse(files.get(id))
    if (!result.success) throw new Error(`exercise ${id}: ${z.prettifyError(result.error)}`)
    return { id, exercise: result.data }
  })
}
