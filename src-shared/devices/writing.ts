import { Failure } from '../failures.ts'
import { decode, encode } from './codec.ts'
import type { FlatProfile, Point } from './profile.ts'

/** Why a setting cannot be changed by writing one register once, so that Hearthgrid leaves it to the device's own display. */
export const bars = ['readOnly', 'coil', 'part', 'words', 'claim', 'unlock', 'functions'] as const
export type Bar = (typeof bars)[number]

const writeRegister = 6
const oneWord = new Set<Point['as']>(['int16', 'uint16'])

/** Null when one write of one register (function 06) says all that changing the point needs. */
export function barOf(point: Point, { limits, unlock }: Pick<FlatProfile, 'limits' | 'unlock'>): Bar | null {
  if (!point.write) return 'readOnly'
  if (point.from !== undefined) return null
  if (point.area !== 'holding') return 'coil'
  if (point.bit !== undefined) return 'part'
  if (!oneWord.has(point.as)) return 'words'
  if (point.write.claim) return 'claim'
  if (unlock) return 'unlock'
  return limits.functions.includes(writeRegister) ? null : 'functions'
}

/** The word that stands for exactly this value. Throws input.invalid for a value that the register would round or cannot hold. */
export function wordFor(point: Point, value: number): number {
  const refused = (reason: string, cause?: unknown) => new Failure('input.invalid', { fields: `value: ${reason}` }, { cause })
  let words: number[]
  try {
    words = encode(point, value)
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error), error)
  }
  const [word] = words
  const written = decode(point, words).value
  if (word === undefined || words.length > 1 || written === null) throw refused(`${value} is not one register`)
  if (!isSame(written, value)) throw refused(`${value} lies between two steps; the nearest is ${written}`)
  return word
}

/** Equal but for what binary fractions leave over: 0.1 + 0.2 is 0.3. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}
