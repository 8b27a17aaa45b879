import { z } from 'zod'
import { units, type Quantity } from '../units.ts'

/** How the words of a point are read. Names as in IEC 61131-3; words of 32 and 64 bits come high word first unless `swap`. */
export const encodings = ['int16', 'uint16', 'int32', 'uint32', 'int64', 'float32'] as const
export type Encoding = (typeof encodings)[number]

export const wordsOf: Record<Encoding, 1 | 2 | 4> = { int16: 1, uint16: 1, int32: 2, uint32: 2, float32: 2, int64: 4 }

/** What a point is for; how often it is read follows from this and from who is looking, never from the file. */
export const pointRoles = ['measure', 'state', 'setting', 'identity'] as const
export type PointRole = (typeof pointRoles)[number]

/** Settings levels (docs/domain.md): which role may change the point. */
export const writeLevels = ['basic', 'limited', 'full', 'admin'] as const

const quantity = z.enum(Object.keys(units) as [Quantity, ...Quantity[]])

const write = z
  .strictObject({ min: z.number(), max: z.number(), step: z.number().positive().optional(), level: z.enum(writeLevels) })
  .describe('Range in the canonical unit')

const point = z.strictObject({
  at: z.number().int().nonnegative().describe('Number in the maker’s own counting (see firstRegister), for circuit 1 of a part'),
  step: z.number().int().optional().describe('Added per further circuit or meter of a part'),
  area: z.enum(['holding', 'input', 'coil', 'discrete']).optional(),
  as: z.enum(encodings).optional().describe('Default int16'),
  swap: z.boolean().optional().describe('Low word first'),
  bit: z.number().int().min(0).max(15).optional().describe('Only this bit of the word, 0 or 1'),
  bits: z.number().int().min(1).max(15).optional().describe('How many bits from `bit` on; default 1'),
  scale: z
    .number()
    .refine((scale) => scale !== 0, 'must not be 0')
    .optional()
    .describe('Canonical value = raw × scale + offset; default 1'),
  offset: z.number().optional(),
  is: quantity.optional().describe('Default number'),
  role: z.enum(pointRoles),
  title: z.string().optional().describe('English name, only for what points.json does not know'),
  text: z
    .enum(['version', 'revision', 'letter', 'orderCode', 'yearWeek', 'serial', 'clock'])
    .optional()
    .describe('How an identity number is written'),
  faults: z.array(z.number().int()).optional().describe('Raw values that mean no sensor or a broken one'),
  off: z.number().int().optional().describe('Raw value that means OFF'),
  values: z
    .record(z.string().regex(/^-?\d+$/), z.string())
    .optional()
    .describe('Raw value → key of its name in the locales'),
  write: write.optional(),
  unverified: z.literal(true).optional().describe('From general knowledge, not from a document or a real device'),
})

const include = z.strictObject({
  part: z.string(),
  as: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/)
    .optional()
    .describe('Prefix of the point ids, such as circuit2'),
  circuit: z.number().int().min(1).optional().describe('1 when absent; each further one adds `step`'),
  only: z.array(z.string()).optional().describe('Points of the part that the application serves; all when absent'),
  except: z.array(z.string()).optional(),
  unverified: z.literal(true).optional().describe('Marks all its points so: not seen with this application'),
})

const points = z.record(z.string().regex(/^[a-z][A-Za-z0-9.]*$/), point)

export const partSchema = z.strictObject({ $schema: z.string().optional(), source: z.string(), points })

const version = z.string().regex(/^\d+\.\d+$/)

export const profileSchema = z.strictObject({
  $schema: z.string().optional(),
  maker: z.string(),
  model: z.string(),
  title: z.string().describe('What the application does, in English, for a person choosing'),
  source: z.string().describe('Document and page, or the repository and capture, that the numbers come from'),
  proven: z.enum(['table', 'field', 'unverified']),
  protocol: z.enum(['modbus']),
  firstRegister: z.union([z.literal(0), z.literal(1)]),
  limits: z.strictObject({
    block: z.number().int().min(1).max(125).describe('Registers in one read'),
    gap: z.number().int().min(0).describe('Unwanted registers that may be read along to join two blocks'),
    idleCloseMs: z.number().int().optional(),
    clients: z.number().int().optional().describe('Connections that the device serves at once'),
    functions: z.array(z.number().int()),
    serviceUnit: z.number().int().optional().describe('Unit id that answers whatever the address is'),
  }),
  detect: z.record(z.string(), z.number()).describe('Point → raw value; all must match. Empty: never by itself'),
  fallback: z.literal(true).optional().describe('Taken when the maker is known but no other profile matches'),
  plausible: z
    .record(z.string(), z.tuple([z.number(), z.number()]))
    .optional()
    .describe('With fallback: point → lowest and highest raw value that a device of this maker answers; all must hold'),
  models: z.record(z.string().regex(/^\d+$/), z.string()).optional().describe('Raw order code → model, where one profile serves several'),
  requires: z
    .record(z.string(), z.strictObject({ min: version, updatedBelow: version.optional() }))
    .optional()
    .describe('Point → lowest version the maker allows; below `updatedBelow` the application key lifts it'),
  include: z.array(include).optional(),
  points: points.optional(),
  key: z.array(z.string()).describe('Points shown in lists, most telling first'),
  unserved: z.array(z.number().int()).optional().describe('Numbers of holding registers seen to answer exception 2'),
  samples: z.array(
    z.strictObject({
      source: z.string(),
      registers: z
        .record(z.string().regex(/^\d+$/), z.number().int().min(0).max(65535))
        .describe('Number in the maker’s own counting → raw word of the holding register'),
      readings: z.record(z.string(), z.number().nullable()).describe('Point → value in the canonical unit, worked out by hand'),
    }),
  ),
})

export type Profile = z.infer<typeof profileSchema>
export type Part = z.infer<typeof partSchema>
export type ProfilePoint = z.infer<typeof point>

/** A point of a flattened profile: parts resolved, defaults filled in, `address` as it stands on the wire (counted from 0). */
export type Point = {
  id: string
  address: number
  /** The maker's own number, for people who look it up in the maker's document. */
  number: number
  area: 'holding' | 'input' | 'coil' | 'discrete'
  as: Encoding
  swap: boolean
  bit: number | undefined
  bits: number
  scale: number
  offset: number
  is: Quantity
  role: PointRole
  title: string | undefined
  text: ProfilePoint['text']
  faults: readonly number[]
  off: number | undefined
  values: Readonly<Record<string, string>> | undefined
  write: z.infer<typeof write> | undefined
  unverified: boolean
}

/** A profile ready for use. `id` is its path below resources/profiles without `.json`, such as `danfoss/ecl310-a266.1`. */
export type FlatProfile = Omit<Profile, 'include' | 'points' | '$schema'> & { id: string; points: readonly Point[] }
