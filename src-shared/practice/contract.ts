import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { delimiters, type Delimiter } from '../history/csv.ts'
import { faultKindNames, type FaultKind } from '../simulator/faults.ts'
import { exerciseIds, levels, speedSchema } from './exercise.ts'
import { seasons } from './kinds.ts'

const kind = z.enum(faultKindNames as [FaultKind, ...FaultKind[]])
const id = z.string().min(1).max(64)
const delimiter = z
  .enum(Object.keys(delimiters) as [Delimiter, ...Delimiter[]])
  .default('semicolon')
  .describe('Between the cells')
const target = z.string().min(1).max(80)

export const freeExercise = 'free'
/** Faults of a free exercise; its findings by one trainee. */
export const mostFaults = 12
export const mostFindings = 60

const ended = z.object({
  points: z.number().nullable().describe('0 to 100; null when nothing had begun'),
  found: z.number().int().describe('Right place and kind'),
  half: z.number().int().describe('Right place, another kind'),
  missed: z.number().int(),
  false: z.number().int().describe('Reported, but nothing was wrong there'),
})

export const practiceFaultSchema = z
  .object({
    id: z.string(),
    own: z.boolean().describe('The exercise brought it; others were there anyway'),
    kind,
    target: z.string(),
    params: z.record(z.string(), z.number()),
    state: z.enum(['planned', 'stands', 'over']),
    after: z.number().describe('When it began or is to begin, ms of the exercise'),
    from: z.number().nullable().describe('Simulated UTC ms'),
    to: z.number().nullable(),
  })
  .meta({ id: 'PracticeFault' })
export type PracticeFault = z.infer<typeof practiceFaultSchema>

export const practiceFindingSchema = z
  .object({
    id: z.string(),
    trainee: z.string(),
    kind,
    target: z.string(),
    note: z.string(),
    after: z.number().describe('ms of the exercise'),
    at: z.number().describe('Simulated UTC ms'),
    outcome: z.enum(['found', 'half', 'false', 'known']).nullable().describe('null while it is hidden'),
    fault: z.string().nullable(),
    delay: z.number().nullable().describe('From the beginning of the fault to the report, ms of the town'),
  })
  .meta({ id: 'PracticeFinding' })
export type PracticeFinding = z.infer<typeof practiceFindingSchema>

export const practiceRunSchema = z
  .object({
    id: z.string(),
    exercise: z.enum([...exerciseIds, freeExercise]),
    state: z.enum(['running', 'ended', 'cancelled']),
    alone: z.boolean().describe('Whoever started it looks for the faults too'),
    instructor: z.string(),
    startedAt: z.number().describe('UTC ms of the machine'),
    endedAt: z.number().nullable(),
    from: z.number().describe('Simulated UTC ms'),
    to: z.number().nullable(),
    elapsed: z.number().describe('ms of the exercise; stands still while the town does not run'),
    limit: z.number().describe('ms of the exercise'),
    speed: z.number(),
    joined: z.boolean().describe('Whoever asks takes part'),
    open: z.boolean().describe('Whoever asks may see the truth'),
    trainees: z.array(z.object({ name: z.string(), reports: z.number().int().nullable(), score: ended.nullable() })),
    findings: z.array(practiceFindingSchema).describe('Own ones; of everybody for whoever may see the truth'),
    faults: z.array(practiceFaultSchema).nullable().describe('The truth; null while it is hidden'),
  })
  .meta({ id: 'PracticeRun' })
export type PracticeRun = z.infer<typeof practiceRunSchema>

export const practice = contract({
  now: {
    method: 'GET',
    path: '/practice',
    role: 'readonly',
    summary: 'Whether an exercise can be held or runs',
    input: nothing,
    output: z.object({
      town: z.enum(['closed', 'making', 'open']),
      outdoor: z.number().nullable().describe('°C'),
      at: z.number().nullable().describe('Simulated UTC ms'),
      speed: z.number().nullable(),
      run: practiceRunSchema.nullable().describe('The one that runs'),
    }),
  },
  exercises: {
    method: 'GET',
    path: '/practice/exercises',
    role: 'full',
    summary: 'Exercises that come with the program, from easy to hard',
    input: nothing,
    output: z.array(
      z.object({
        id: z.enum(exerciseIds),
        level: z.enum(levels),
        season: z.enum(seasons),
        hours: z.number(),
        speed: z.number(),
        faults: z.number().int().describe('How many there are'),
        kinds: z.array(kind).describe('What they are drawn from'),
      }),
    ),
  },
  places: {
    method: 'GET',
    path: '/practice/places',
    role: 'readonly',
    summary: 'Where something can be wrong: stations and zones of the town',
    input: nothing,
    output: z.object({
      stations: z.array(z.object({ name: z.string(), place: z.string(), device: z.string().nullable() })),
      zones: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  },
  start: {
    method: 'POST',
    path: '/practice/runs',
    role: 'full',
    summary: 'Begin an exercise; one runs at a time',
    input: z.object({
      exercise: z.enum([...exerciseIds, freeExercise]),
      alone: z.boolean().default(false).describe('Hide the truth from yourself too'),
      speed: speedSchema.optional().describe('Simulated seconds a second; as the exercise says when absent'),
      hours: z.number().min(0.25).max(720).optional().describe('Time limit of a free exercise, simulated hours'),
      kinds: z.array(kind).min(1).max(faultKindNames.length).optional().describe('What a free exercise draws from'),
      count: z.number().int().min(1).max(mostFaults).optional().describe('Faults of a free exercise'),
      seed: z.number().int().min(0).max(0xffffffff).optional().describe('The same seed in the same town gives the same faults'),
    }),
    output: z.object({ id: z.string() }),
    audit: 'practice',
  },
  join: {
    method: 'POST',
    path: '/practice/runs/{id}/trainees',
    role: 'readonly',
    summary: 'Take part in the exercise that runs',
    input: z.object({ id }),
    output: done,
    audit: 'practice',
  },
  report: {
    method: 'POST',
    path: '/practice/runs/{id}/findings',
    role: 'readonly',
    summary: 'Report what is broken and where',
    input: z.object({
      id,
      kind,
      target: target.describe('Name of a station, id of a zone, network or plant, as the kind asks'),
      note: z.string().trim().max(500).default(''),
    }),
    output: done,
    audit: 'practice',
  },
  withdraw: {
    method: 'DELETE',
    path: '/practice/runs/{id}/findings/{finding}',
    role: 'readonly',
    summary: 'Take back a report of your own while the exercise runs',
    input: z.object({ id, finding: id }),
    output: done,
    audit: 'practice',
  },
  ahead: {
    method: 'POST',
    path: '/practice/runs/{id}/ahead',
    role: 'full',
    summary: 'Let the town live through some hours of the exercise at once; what is to break in between breaks in its time',
    input: z.object({ id, hours: z.number().positive().max(720) }),
    output: done,
    audit: 'practice',
  },
  end: {
    method: 'POST',
    path: '/practice/runs/{id}/end',
    role: 'full',
    summary: 'End the exercise: everything is mended, and everybody sees the truth and the score',
    input: z.object({ id }),
    output: done,
    audit: 'practice',
  },
  cancel: {
    method: 'DELETE',
    path: '/practice/runs/{id}',
    role: 'full',
    summary: 'Stop the exercise without a score; everything is mended',
    input: z.object({ id }),
    output: done,
    audit: 'practice',
  },
  runs: {
    method: 'GET',
    path: '/practice/runs',
    role: 'readonly',
    summary: 'The last hundred exercises that ended, newest first',
    input: nothing,
    output: z.array(
      z.object({
        id: z.string(),
        exercise: z.enum([...exerciseIds, freeExercise]),
        startedAt: z.number(),
        endedAt: z.number(),
        instructor: z.string(),
        trainees: z.number().int(),
        mine: z.number().nullable().describe('Own points'),
      }),
    ),
  },
  run: {
    method: 'GET',
    path: '/practice/runs/{id}',
    role: 'readonly',
    summary: 'An exercise with what was reported, and the truth for whoever may see it',
    input: z.object({ id }),
    output: practiceRunSchema,
  },
  scores: {
    method: 'GET',
    path: '/practice/scores',
    role: 'readonly',
    summary: 'Best and last result of each trainee',
    input: nothing,
    output: z.array(
      z.object({
        name: z.string(),
        exercises: z.number().int(),
        best: z.number(),
        last: z.number(),
        mean: z.number(),
        lastAt: z.number().describe('UTC ms of the machine'),
      }),
    ),
  },
  truthTable: {
    method: 'GET',
    path: '/practice/runs/{id}/truth.csv',
    role: 'readonly',
    summary: 'The truth of an exercise as a table, for whoever may see it',
    input: z.object({ id, delimiter }),
    output: z.unknown().meta({ type: 'string', format: 'binary' }),
    file: ['text/csv'],
  },
  findingTable: {
    method: 'GET',
    path: '/practice/runs/{id}/findings.csv',
    role: 'readonly',
    summary: 'What was reported, with what came of it, as a table',
    input: z.object({ id, delimiter }),
    output: z.unknown().meta({ type: 'string', format: 'binary' }),
    file: ['text/csv'],
  },
})
