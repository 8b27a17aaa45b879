import { z } from 'zod'

/** From least to most. `public` is for the few doors that must open before anybody has signed in. */
export const roles = ['public', 'readonly', 'basic', 'limited', 'full', 'admin'] as const
export type Role = (typeof roles)[number]

export function mayAs(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One thing a client may ask. From this row follow the typed call in the screens, the REST route under /api/v1, the OpenAPI
 * entry, the permission check, the parse and, with `audit`, the entry in the activity log (the kind of thing changed).
 * `{name}` in `path` takes the field of that name out of the input; the rest is query (GET, DELETE) or JSON body.
 */
export type Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  method: Method
  path: `/${string}`
  role: Role
  summary: string
  input: I
  output: O
  audit?: string
  /** Bytes that the request may have, where it needs more than usual. */
  largest?: number
  /** Media types of the file that is the answer, where it is not JSON; the handler answers a Download. */
  file?: readonly string[]
}

export type Contract = Record<string, Operation>

export function contract<const C extends Contract>(rows: C): C {
  return rows
}

export type InputOf<O extends Operation> = z.input<O['input']>
export type ParsedOf<O extends Operation> = z.output<O['input']>
export type OutputOf<O extends Operation> = z.output<O['output']>

export type Handlers<C extends Contract, Context> = {
  [K in keyof C]: (input: ParsedOf<C[K]>, context: Context) => Promise<OutputOf<C[K]>> | OutputOf<C[K]>
}

/** A number that may arrive as query text. */
export const queryNumber = () => z.coerce.number<number>()

/** One or many values under one query key (`point=a&point=b`). */
export const queryList = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item]).transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[])

export const nothing = z.object({})
export const done = z.object({ done: z.literal(true) })
