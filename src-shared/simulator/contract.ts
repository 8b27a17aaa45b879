import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'

export const simulator = contract({
  status: {
    method: 'GET',
    path: '/demo',
    role: 'readonly',
    summary: 'Whether the demo town runs on this machine',
    input: nothing,
    output: z.object({
      running: z.boolean(),
      stations: z.number().int(),
      outdoor: z.number().nullable().describe('°C'),
      name: z.string(),
      meterLine: z.object({ host: z.string(), port: z.number().int() }).nullable().describe('M-Bus line of the town, to try the meters'),
    }),
  },
  open: {
    method: 'POST',
    path: '/demo',
    role: 'admin',
    summary: 'Start the demo town and add its controllers',
    input: nothing,
    output: z.object({ stations: z.number().int() }),
    audit: 'demo',
  },
  close: {
    method: 'DELETE',
    path: '/demo',
    role: 'admin',
    summary: 'Stop the demo town and take its controllers out',
    input: nothing,
    output: done,
    audit: 'demo',
  },
})
