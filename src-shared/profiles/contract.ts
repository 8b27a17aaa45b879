import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { addressSchema, pointSchema } from '../devices/contract.ts'
import { protocols } from '../devices/way.ts'
import { qualities } from '../reading.ts'

const id = z.string().min(1).max(200)

/** One line of what the program knows; see `src-shared/devices/coverage.ts`. */
export const coverageSchema = z
  .object({
    profile: id,
    maker: z.string(),
    controller: z.string(),
    applications: z.array(z.string()).describe('Such as A266; empty when the controller has no applications'),
    subtypes: z.array(z.number()).describe('Empty: all'),
    title: z.string(),
    found: z.enum(['recognised', 'general', 'byHand']),
    proof: z.enum(['table', 'field', 'unverified']),
    source: z.string(),
    protocol: z.enum([...protocols, 'calculated']),
    points: z.number().int(),
    unverified: z.number().int().describe('Points that come from general knowledge'),
    own: z.boolean().describe('Made in this installation'),
    fault: z.string().nullable().describe('Why an own file is not used'),
    devices: z.number().int().describe('How many devices are read with it'),
  })
  .meta({ id: 'Coverage' })
export type Coverage = z.infer<typeof coverageSchema>

/** What a profile says of a point, before any device has it. */
export const profilePointSchema = pointSchema
  .omit({ series: true, served: true, write: true })
  .extend({
    from: z.string().nullable().describe('Record, node or key, where there are no registers'),
    write: z.object({ min: z.number(), max: z.number(), level: z.string() }).nullable(),
  })
  .meta({ id: 'ProfilePoint' })

/** A device file as JSON; `resources/schemas/profile.schema.json` says what may stand in it. */
export const documentSchema = z.record(z.string(), z.unknown()).meta({ id: 'ProfileDocument' })
export type ProfileDocument = z.infer<typeof documentSchema>

export const testRowSchema = z
  .object({
    id: z.string(),
    number: z.number().int(),
    words: z.array(z.number().int()).nullable().describe('Raw words, or coils as 0 and 1; null when nothing was answered'),
    raw: z.number().nullable(),
    value: z.number().nullable().describe('In the canonical unit; null for a fault value and where nothing was answered'),
    quality: z.enum(qualities).nullable(),
    failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  })
  .meta({ id: 'TestRow' })
export type TestRow = z.infer<typeof testRowSchema>

export const profiles = contract({
  list: {
    method: 'GET',
    path: '/profiles',
    role: 'readonly',
    summary: 'Every controller and application that can be read, how sure that is, and where it comes from',
    input: nothing,
    output: z.array(coverageSchema),
  },
  get: {
    method: 'GET',
    path: '/profiles/{id}',
    role: 'readonly',
    summary: 'One device file with its points',
    input: z.object({ id }),
    output: coverageSchema.extend({ points: z.array(profilePointSchema) }).meta({ id: 'CoverageWithPoints' }),
  },
  export: {
    method: 'GET',
    path: '/profiles/{id}/document',
    role: 'readonly',
    summary: 'A device file as JSON, with its parts written out',
    input: z.object({ id }),
    output: z.object({ id, document: documentSchema }),
  },
  save: {
    method: 'POST',
    path: '/profiles',
    role: 'full',
    summary: 'Check a device file and keep it in the data folder; devices that are read with it go on with the new one',
    input: z.object({
      name: z.string().trim().min(1).max(80).describe('Becomes the name of the file'),
      document: documentSchema,
      replace: z.boolean().default(false).describe('Even when there is one of this maker and name'),
    }),
    output: coverageSchema,
    audit: 'profile',
  },
  remove: {
    method: 'DELETE',
    path: '/profiles/{id}',
    role: 'full',
    summary: 'Delete an own device file that no device is read with',
    input: z.object({ id }),
    output: done,
    audit: 'profile',
  },
  testRead: {
    method: 'POST',
    path: '/profiles/test-read',
    role: 'full',
    summary: 'Read every point of a device file once at an address, and keep nothing',
    input: z.object({ address: addressSchema, document: documentSchema }),
    output: z.object({
      rows: z.array(testRowSchema),
      answerMs: z.number().describe('Median of the answers'),
      requests: z.number().int(),
    }),
  },
})
