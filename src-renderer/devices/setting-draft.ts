import type { PointInfo } from '#shared/devices/contract.ts'
import { minutesOf, valueOfMinutes } from './schedule.ts'

export type Writable = PointInfo & { write: NonNullable<PointInfo['write']> }

/** How a setting is entered: one of a few, minutes since midnight, or a number whose unit is `factor` times the canonical one. */
export type Editor =
  | { kind: 'list'; values: number[] }
  | { kind: 'time' }
  | { kind: 'number'; factor: number; decimals: number; step: number }

export function isWritable(point: PointInfo): point is Writable {
  return point.write !== null && point.write.barred === null && (point.text === null || point.text === 'clock')
}

/** Named values and those of a closed list are chosen; whole minutes are entered as minutes. */
export function editorOf({ write, values, is, decimals, text }: Writable): Editor {
  if (text === 'clock') return { kind: 'time' }
  const { min, max, step, only } = write
  const named = Object.keys(values ?? {}).map(Number)
  const list = only ?? (named.length > 0 ? named : null)
  if (list) return { kind: 'list', values: list.filter((value) => value >= min && value <= max).sort((a, b) => a - b) }
  const factor = is === 'duration' && step % 60 === 0 && min % 60 === 0 ? 60 : 1
  return { kind: 'number', factor, decimals: factor === 1 ? decimals : 0, step: step / factor }
}

/** The canonical value of what was entered, or why it is none. */
export function valueOf(point: Writable, editor: Editor, entered: number | ''): { value: number } | { fault: 'empty' | 'range' | 'step' } {
  if (entered === '' || !Number.isFinite(entered)) return { fault: 'empty' }
  if (editor.kind === 'list') return editor.values.includes(entered) ? { value: entered } : { fault: 'range' }
  const { min, max, step } = point.write
  if (editor.kind === 'time') {
    const value = valueOfMinutes(point, entered)
    return value >= min && value <= max ? { value } : { fault: 'range' }
  }
  // Rounded to what the entry can hold, so that 0.1 × 3 leaves no rest.
  const value = Number((entered * editor.factor).toPrecision(12))
  if (value < min || value > max) return { fault: 'range' }
  const steps = (value - min) / step
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? { value } : { fault: 'step' }
}

/** A canonical value as the editor shows it. */
export function enteredOf(point: Writable, editor: Editor, value: number): number {
  if (editor.kind === 'time') return minutesOf(point, value)
  return editor.kind === 'list' ? value : value / editor.factor
}
