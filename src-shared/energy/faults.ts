import type { Range } from './limits.ts'
import { stretchesOf, type Stretch } from './stretches.ts'

const near = (value: number, code: number) => Math.abs(value - code) < 0.051

/** Whether a temperature is what a broken or missing sensor shows. */
export function isFaultCode(value: number, { codes, faultFrom }: Range): boolean {
  return (faultFrom !== undefined && value >= faultFrom) || codes.some((code) => near(value, code))
}

/** Runs of values that a broken sensor shows, and of values that no sensor in this place can have. Absent values interrupt nothing. */
export function faultsOf(at: Float64Array, value: Float64Array, range: Range): { codes: Stretch[]; outside: Stretch[] } {
  const isCode = (row: number) => isFaultCode(value[row] as number, range)
  const isOutside = (row: number) => ((value[row] as number) < range.min || (value[row] as number) > range.max) && !isCode(row)
  return { codes: stretchesOf(at, isCode), outside: stretchesOf(at, isOutside) }
}

/** Runs in which three or more columns of a device show 0 at once: nothing was read. Columns without a value count as neither. */
export function zerosOf(at: Float64Array, columns: readonly Float64Array[]): Stretch[] {
  return stretchesOf(at, (row) => columns.filter((column) => column[row] === 0).length >= Math.min(3, columns.length))
}
