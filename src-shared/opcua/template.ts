import { z } from 'zod'
import { pointRoles, writeLevels } from '../devices/profile.ts'
import { units, type Quantity } from '../units.ts'

/** A controller whose nodes nobody has published: what is to be looked for, and what it must be to be read at all. */
export const templateSchema = z
  .strictObject({
    id: z.string(),
    maker: z.string(),
    model: z.string(),
    title: z.string(),
    source: z.string(),
    requires: z.record(z.string(), z.strictObject({ min: z.string().regex(/^\d+\.\d+$/) })),
    points: z.array(
      z.strictObject({
        id: z.string(),
        is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]),
        role: z.enum(pointRoles),
        needed: z.boolean().describe('Without it the device is not added'),
        write: z.strictObject({ min: z.number(), max: z.number(), level: z.enum(writeLevels) }).optional(),
      }),
    ),
    key: z.array(z.string()),
  })
  .meta({ id: 'OpcuaTemplate' })
export type Template = z.infer<typeof templateSchema>
