import { z } from 'zod'
import { writeOutcomes } from '../acquisition/port.ts'

export const writeResultSchema = z
  .object({
    outcome: z
      .enum(writeOutcomes)
      .describe(
        'done: read back equal; different: the device shows something else; refused: it said no; unknown: nobody knows whether it was taken',
      ),
    from: z.number().nullable().describe('What the device held before; null: a fault'),
    found: z.number().nullable().describe('What was read back afterwards; null: a fault, or nothing could be read'),
    foundAt: z.number().nullable().describe('UTC ms of that read; null when nothing could be read'),
    code: z.number().int().nullable().describe('Modbus exception of a refusal'),
  })
  .meta({ id: 'WriteResult' })
