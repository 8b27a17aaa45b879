import { Failure } from '../failures.ts'
import { decode, encode, offValue } from './codec.ts'
import { wordsOf } from './encoding.ts'
import type { FlatProfile, Point } from './profile.ts'
import { textOf } from './text.ts'

/** Why a setting cannot be changed from here, so that Hearthgrid leaves it to the device's own display. */
export const bars = ['readOnly', 'part', 'functions'] as const
export type Bar = (typeof bars)[number]

const writeCoil = 5
const writeRegister = 6
const writeRegisters = 16

/** Null when the point can be changed by one request that says its whole value, with what the device wants around it. */
export function barOf(point: Point, { limits, unlock }: Pick<FlatProfile, 'limits' | 'unlock'>): Bar | null {
  if (!point.write) return 'readOnly'
  if (point.from !== undefined) return null
  if (point.area === 'input' || point.area === 'discrete') return 'readOnly'
  // Some bits of a word: function 22 is served by none of these devices, and between a read and a write the rest could change.
  if (point.bit !== undefined) return 'part'
  const value = point.area === 'coil' ? writeCoil : wordsOf[point.as] > 1 ? writeRegisters : writeRegister
  const needed = [value, ...(point.write.claim ? [writeCoil] : []), ...(unlock ? [writeRegister] : [])]
  return needed.every((code) => limits.functions.includes(code)) ? null : 'functions'
}

/** The words that stand for exactly this value. Throws input.invalid for a value that they would round or cannot hold. */
export function wordsFor(point: Point, value: number): number[] {
  const refused = (reason: string, cause?: unknown) => new Failure('input.invalid', { fields: `value: ${reason}` }, { cause })
  let words: number[]
  try {
    words = encode(point, value)
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error), error)
  }
  const written = decode(point, words).value
  if (written === null) throw refused(`${value} would read as a fault`)
  if (!isSame(written, value)) throw refused(`${value} lies between two steps; the nearest is ${written}`)
  return words
}

/** Throws write.outOfRange or input.invalid for a value that the maker does not allow. OFF may lie outside the range. */
export function checkValue(point: Point, value: number): void {
  const { min, max, step, only } = point.write ?? { min: Number.NaN, max: Number.NaN }
  if (point.from === undefined) wordsFor(point, value)
  const off = offValue(point)
  if (off !== null && isSame(value, off)) return
  if (!(value >= min && value <= max)) throw new Failure('write.outOfRange', { point: point.id, value, min, max })
  if (only && !only.some((one) => isSame(one, value)))
    throw new Failure('input.invalid', { fields: `value: ${value} is none of ${only.join(', ')}` })
  if (point.text && textOf(point.text, value) === null) throw new Failure('input.invalid', { fields: `value: ${value} is no time of day` })
  const steps = step === undefined ? 0 : (value - min) / step
  if (!isSame(steps, Math.round(steps))) throw new Failure('input.invalid', { fields: `value: goes by ${step} from ${min} on` })
}

/** Equal but for what binary fractions leave over: 0.1 + 0.2 is 0.3. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}
