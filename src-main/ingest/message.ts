import { Failure } from '#shared/failures.ts'
import { namelessMember } from '#shared/ingest/contract.ts'
import type { GatewayFormat } from '#shared/ingest/format.ts'

/** One value as it came. `stamp` is undefined where the message has none. */
export type SentValue = { member: string; key: string; raw: Scalar; stamp: unknown }
export type Scalar = string | number | boolean | null

const mostValues = 20_000
const deepest = 8
const longestName = 200

type Around = { member: string; stamp: unknown; path: string; depth: number }

/**
 * All values in the body of a request: JSON (an object, lists, lists within objects, one document a line) or a form. Throws
 * ingest.unreadable when it is neither, and ingest.tooLarge when there are more than 20,000 values.
 */
export function readMessage(text: string, type: string, format: GatewayFormat): SentValue[] {
  const values: SentValue[] = []
  const around: Around = { member: namelessMember, stamp: undefined, path: '', depth: 0 }
  walk(bodyOf(text, type), around, format, values)
  return values
}

function bodyOf(text: string, type: string): unknown {
  const bare = text.replace(/^\uFEFF/, '').trim()
  if (bare === '') throw new Failure('ingest.unreadable', { reason: 'it is empty' })
  if (type.includes('x-www-form-urlencoded') && !/^[[{]/.test(bare)) {
    const form: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const [name, value] of new URLSearchParams(bare)) form[name] = value
    return form
  }
  try {
    return JSON.parse(bare) as unknown
  } catch (error) {
    const lines = bare.split(/\r?\n/).filter((line) => line.trim() !== '')
    const parsed = lines.length > 1 ? lines.map(jsonOf) : [undefined]
    if (parsed.every((one) => one !== undefined)) return parsed
    throw new Failure('ingest.unreadable', { reason: error instanceof Error ? error.message.slice(0, 200) : '' }, { cause: error })
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function walk(node: unknown, around: Around, known: GatewayFormat, values: SentValue[]): void {
  if (around.depth > deepest) throw new Failure('ingest.unreadable', { reason: `it is nested more than ${deepest} deep` })
  if (Array.isArray(node)) {
    for (const item of node)
      if (typeof item === 'object' && item !== null) walk(item, { ...around, depth: around.depth + 1 }, known, values)
    return
  }
  if (typeof node !== 'object' || node === null) throw new Failure('ingest.unreadable', { reason: 'it is neither an object nor a list' })
  const fields = new Map(Object.entries(node as Record<string, unknown>))
  const named = (names: readonly string[]) =>
    names.map((name) => fields.get(name)).find((one) => isScalar(one) && one !== null && one !== '')
  const here: Around = {
    ...around,
    member: short(named(known.member) ?? around.member),
    stamp: named(known.time) ?? around.stamp,
    depth: around.depth + 1,
  }
  const key = named(known.key)
  const value = known.value.find((name) => fields.has(name))
  if (key !== undefined && value !== undefined) return put(short(key), fields.get(value), here, known, values)
  for (const [name, inner] of fields) {
    if (known.skip.includes(name) || known.member.includes(name) || known.time.includes(name)) continue
    put(around.path === '' || Array.isArray(inner) ? name : `${around.path}.${name}`, inner, here, known, values)
  }
}

/** A value under its key: numbers alone, lists numbered, objects under their own names. Text that is JSON counts as what it says. */
function put(key: string, value: unknown, here: Around, known: GatewayFormat, values: SentValue[]): void {
  const inner = typeof value === 'string' && /^\s*[[{]/.test(value) ? (jsonOf(value) ?? value) : value
  if (isScalar(inner)) {
    if (values.length >= mostValues) throw new Failure('ingest.tooLarge', { most: mostValues, what: 'values' })
    values.push({ member: here.member, key: short(key), raw: inner, stamp: here.stamp })
    return
  }
  if (!Array.isArray(inner)) return walk(inner, { ...here, path: key }, known, values)
  if (inner.every(isScalar)) {
    inner.forEach((one, i) => put(inner.length === 1 ? key : `${key}[${i}]`, one, here, known, values))
    return
  }
  walk(inner, { ...here, path: '' }, known, values)
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function short(value: unknown): string {
  return String(value).slice(0, longestName)
}

/** The number that a scalar stands for: null for an absent value, undefined for what is no number. */
export function numberOf(raw: Scalar): number | null | undefined {
  if (raw === null || raw === '') return null
  if (typeof raw === 'boolean') return raw ? 1 : 0
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined
  const text = raw.trim()
  if (/^(true|on)$/i.test(text)) return 1
  if (/^(false|off)$/i.test(text)) return 0
  if (/^(null|nan|n\/a)$/i.test(text)) return null
  return /^[+-]?\d{1,15}(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text) ? Number(text) : undefined
}
