import { z } from 'zod'
import { units, type Quantity } from '../units.ts'
import { textForms } from './encoding.ts'
import { pointRoles, warnings, writeLevels } from './profile.ts'
import { bars } from './writing.ts'

export const pointSchema = z
  .object({
    id: z.string().describe('Such as circuit1.flow'),
    series: z.number().int().describe('Number of this point of this device in live events and history'),
    number: z.number().int().describe('The maker’s own register or parameter number'),
    is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]),
    unit: z.string(),
    decimals: z.number().int(),
    role: z.enum(pointRoles),
    title: z.string().nullable().describe('English name for what has no text of its own'),
    values: z.record(z.string(), z.string()).nullable().describe('Value → key of its name'),
    text: z.enum(textForms).nullable().describe('How an identity number is written'),
    off: z.number().nullable().describe('Value that means OFF'),
    write: z
      .object({
        min: z.number(),
        max: z.number(),
        step: z.number().describe('Values between min and max go by this'),
        only: z.array(z.number()).optional().describe('The only values between min and max that may be written'),
        level: z.enum(writeLevels).describe('The role that a change needs'),
        warn: z.array(z.enum([...warnings, 'unverified'])).describe('What a person confirms before a change'),
        barred: z
          .enum([...bars, 'unserved'])
          .nullable()
          .describe('Why it can only be changed at the device itself'),
      })
      .nullable(),
    factory: z.number().nullable().describe('Factory setting, where a document states it'),
    automatic: z.array(z.number()).nullable().describe('Values that leave it to the controller; with any other it stands as an override'),
    unverified: z.boolean(),
    served: z.boolean().describe('false when this device answered that it does not have the point'),
    configurable: z.boolean().describe('An input that the application leaves free, to which a person may give a meaning'),
    formula: z.literal(true).optional().describe('Calculated from other points'),
  })
  .meta({ id: 'Point' })
export type PointInfo = z.infer<typeof pointSchema>
