import { z } from 'zod'

/** What a register counted in a period, in its canonical unit. */
export const consumedSchema = z
  .object({
    value: z.number().nullable().describe('kWh or m³; null: not known'),
    interpolated: z.number().describe('How much of it was spread evenly over a time without readings'),
    valid: z.number().describe('Share of the period that readings cover, 0 to 1'),
    from: z.number().nullable().describe('UTC ms'),
    to: z.number().nullable().describe('UTC ms'),
    complete: z.boolean().describe('Readings reach over the whole period, and nothing in it is unknown'),
    exchanges: z.number().int().describe('Replacements of the meter'),
    resets: z.number().int().describe('Times that the register began anew or jumped'),
    stray: z.number().int().describe('Readings that were left out'),
  })
  .meta({ id: 'Consumed' })
