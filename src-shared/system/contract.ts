import { z } from 'zod'
import { contract, nothing } from '../contract.ts'

export const system = contract({
  health: {
    method: 'GET',
    path: '/health',
    role: 'public',
    summary: 'Answers once the program can take samples and questions',
    input: nothing,
    output: z.object({ status: z.literal('ready'), version: z.string() }),
  },
  about: {
    method: 'GET',
    path: '/about',
    role: 'readonly',
    summary: 'Version, folder and time zone of this installation',
    input: nothing,
    output: z.object({
      version: z.string(),
      timeZone: z.string().describe('IANA name; days, months and schedules are cut in it'),
      dataFolder: z.string(),
      startedAt: z.number(),
      desktop: z.boolean(),
      historyState: z.enum(['ready', 'refilling', 'failed']),
    }),
  },
})
