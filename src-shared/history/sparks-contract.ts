import { z } from 'zod'
import { queryList, queryNumber, type Operation } from '../contract.ts'

export const mostSparks = 800
export const sparkHours = 24

const input = z.object({
  series: queryList(queryNumber()).pipe(z.array(z.number().int()).min(1).max(mostSparks)),
})
const output = z.object({
  from: z.number().describe('UTC ms, begin of the first hour'),
  everyMs: z.number(),
  lines: z.array(
    z.object({ series: z.number().int(), mean: z.array(z.number().nullable()).describe('One of each hour; null where nothing counts') }),
  ),
})

/** The course of many series in the width of a word. */
export const sparksQuestion = {
  method: 'GET',
  path: '/history/sparks',
  role: 'readonly',
  summary: `Hourly means of the last ${sparkHours} hours of up to ${mostSparks} series, the hour that runs included`,
  input,
  output,
} as const satisfies Operation
