import { z } from 'zod'
import { units, type Quantity } from '../units.ts'
import { encodings, textForms, type Encoding } from './encoding.ts'
import { protocols, type Protocol } from './way.ts'

/** What a point is for; how often it is read follows from this and from who is looking, never from the file. */
export const pointRoles = ['measure', 'state', 'setting', 'identity'] as const
export type PointRole = (typeof pointRoles)[number]

/** What a change of the point brings about beyond its own value, so that a person confirms it; see `write.warn` in the locales. */
export const warnings = ['mode', 'override'] as const

/** Settings levels (docs/domain.md): which role may change the point. */
export const writeLevels = ['basic', 'limited', 'full', 'admin'] as const

const quantity = z.enum(Object.keys(units) as [Quantity, ...Quantity[]])

const bounds = {
  min: z.number(),
  max: z.number(),
  step: z.number().positive().optional(),
  only: z.array(z.number()).min(1).optional().describe('The only values between min and max that may be written'),
  level: z.enum(writeLevels),
  warn: z.enum(warnings).optional().describe('What a person is told before the change, and confirms'),
  often: z.literal(true).optional().describe('Made to be written all the time, such as a temperature measured elsewhere'),
}

const word = z.number().int().min(0).max(0xffff)

const claim = z
  .strictObject({
    at: z.number().int().nonnegative(),
    step: z.number().int().optional().describe('Added per further circuit'),
    take: z.union([z.literal(0), z.literal(1)]),
    giveBack: z.union([z.literal(0), z.literal(1)]),
    release: z.number().optional().describe('Value that is not written itself: it sets the coil to `giveBack`'),
  })
  .describe('Coil that is set to `take` before the write; `giveBack` leaves the point to the controller again')

const write = z.strictObject({ ...bounds, claim: claim.optional() }).describe('Range in the canonical unit')

/** Holding registers in the notation of the first Modbus controllers: 40001 is the first of them, coil 1 the first coil. */
const modiconFirst = 40_000 + 1

const point = z.strictObject({
  at: z.number().int().nonnegative().optional().describe('Number in the maker’s own counting (see firstRegister), for circuit 1 of a part'),
  from: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('Instead of `at` where there are no registers: selector of a meter’s record, OPC UA node, key of a pushed value'),
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
  factors: z
    .record(z.string().regex(/^\d+$/), z.number().positive())
    .optional()
    .describe('With decimal4: code of the unit → factor to the canonical unit'),
  is: quantity.optional().describe('Default number'),
  role: z.enum(pointRoles),
  title: z.string().optional().describe('English name, only for what points.json does not know'),
  text: z.enum(textForms).optional().describe('How an identity number is written'),
  faults: z.array(z.number().int()).optional().describe('Raw values that mean no sensor or a broken one'),
  off: z.number().int().optional().describe('Raw value that means OFF'),
  values: z
    .record(z.string().regex(/^-?\d+$/), z.string())
    .optional()
    .describe('Raw value → key of its name in the locales'),
  write: write.optional(),
  factory: z.number().optional().describe('Factory setting in the canonical unit, only where a document states it'),
  automatic: z
    .array(z.number())
    .min(1)
    .optional()
    .describe('Values that leave it to the controller, first the one to write; with any other it stands as an override'),
  configurable: z.literal(true).optional().describe('An input that the application leaves free, to which a person may give a meaning'),
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
  readOnly: z.literal(true).optional().describe('Nothing of it can be written'),
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
  protocol: z.enum(protocols),
  firstRegister: z
    .union([z.literal(0), z.literal(1), z.literal(modiconFirst)])
    .describe('Number of the first register; 40001 when the maker writes holding registers so and counts coils from 1'),
  limits: z.strictObject({
    block: z.number().int().min(1).max(125).describe('Registers in one read'),
    gap: z.number().int().min(0).max(125).describe('Unwanted registers that may be read along to join two blocks'),
    idleCloseMs: z.number().int().min(5000).optional(),
    clients: z.number().int().min(1).max(1000).optional().describe('Connections that the device serves at once'),
    functions: z.array(z.number().int().min(1).max(127)),
    serviceUnit: z.number().int().min(0).max(255).optional().describe('Unit id that answers whatever the address is'),
  }),
  detect: z.record(z.string(), z.number()).describe('Point → raw value; all must match. Empty: never by itself'),
  variants: z
    .record(z.string(), z.array(z.number()).min(1))
    .optional()
    .describe('Point of `detect` → further raw values that are recognised in the same way'),
  meter: z
    .strictObject({
      manufacturer: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .describe('Three letters, as the meter sends them'),
      media: z.array(z.number().int().min(0).max(255)).min(1).optional().describe('Any when absent'),
      versions: z.array(z.number().int().min(0).max(255)).min(1).optional().describe('Any when absent'),
    })
    .optional()
    .describe('Which wired meters are recognised as this one'),
  battery: z.literal(true).optional().describe('Runs on a battery that each read shortens the life of'),
  fallback: z.literal(true).optional().describe('Taken when the maker is known but no other profile matches'),
  covers: z
    .array(z.string().regex(/^[A-Z]\d{3}$/))
    .optional()
    .describe('With fallback: application keys of which nothing more is known, so that this is what reads them'),
  plausible: z
    .record(z.string(), z.tuple([z.number(), z.number()]))
    .optional()
    .describe('Point → lowest and highest raw value that such a device answers; all must hold. A fallback must have it'),
  models: z.record(z.string().regex(/^\d+$/), z.string()).optional().describe('Raw order code → model, where one profile serves several'),
  requires: z
    .record(z.string(), z.strictObject({ min: version, updatedBelow: version.optional() }))
    .optional()
    .describe('Point → lowest version the maker allows; below `updatedBelow` the application key lifts it'),
  unlock: z
    .strictObject({ at: z.number().int().nonnegative(), value: word, lock: word })
    .optional()
    .describe('Holding register that gets `value` before a write and `lock` after it'),
  wink: z
    .strictObject({ at: z.number().int().nonnegative(), max: z.number().int().positive() })
    .optional()
    .describe('Holding register that gets the seconds for which the display blinks; 0 stops it. Also for the family of a fallback'),
  serviceLog: z.enum(['unknown']).optional().describe('The device keeps a log of its own; unknown: nobody has published how it is read'),
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
      telegram: z
        .string()
        .regex(/^[0-9A-F]{2}( [0-9A-F]{2})*$/)
        .optional()
        .describe('Answer of a meter as it comes, one part after the other; then there are no registers'),
      coils: z.record(z.string().regex(/^\d+$/), z.union([z.literal(0), z.literal(1)])).optional(),
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
  /** Where the value comes from when there are no registers; then `address` is the place in the profile. */
  from?: string | undefined
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
  factors?: Readonly<Record<string, number>> | undefined
  is: Quantity
  role: PointRole
  title: string | undefined
  text: ProfilePoint['text']
  faults: readonly number[]
  off: number | undefined
  values: Readonly<Record<string, string>> | undefined
  write: Write | undefined
  factory?: number
  automatic?: readonly number[]
  configurable?: true
  /** Calculated from other points: no device is asked for it. */
  formula?: true
  unverified: boolean
}

/** `claim.address` is the coil as it stands on the wire, `claim.number` the maker's own number of it. */
export type Write = Omit<z.infer<typeof write>, 'claim'> & {
  claim?: { address: number; number: number; take: 0 | 1; giveBack: 0 | 1; release: number | undefined } | undefined
}

/**
 * A profile ready for use. `id` is its path below resources/profiles without `.json`, such as `danfoss/ecl310-a266.1`;
 * `unlock.at` and `wink.at` are the registers as it stands on the wire.
 */
export type FlatProfile = Omit<Profile, 'include' | 'points' | '$schema' | 'protocol'> & {
  id: string
  protocol: Protocol
  points: readonly Point[]
}
