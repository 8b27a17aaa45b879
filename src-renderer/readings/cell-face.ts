import type { PointInfo } from '#shared/devices/contract.ts'
import type { Figure, Step } from '#shared/history/step.ts'
import { cellStates, type CellState } from '#shared/history/table.ts'
import type { Format } from '../format.ts'
import { valueText } from '../value-face.ts'

/** What a cell says: a text with its digits, or the word for why there is none. */
export type CellFace = { text: string | null; word: 'none' | 'absent' | 'fault' | 'offline' | 'empty' | 'back' | null; state: CellState }

/** How a cell looks. The unit stands above the column, except where a text brings its own. */
export function cellFace(
  point: PointInfo,
  figure: Figure | null,
  value: number | null,
  code: number,
  format: Format,
  words: { off: string; name: (key: string) => string },
): CellFace {
  const state = cellStates[code] ?? 'fault'
  if (value === null) return { text: null, word: wordOf(state), state }
  return { text: textOf(point, figure, value, format, words), word: null, state }
}

function wordOf(state: CellState): CellFace['word'] {
  if (state === 'none' || state === 'absent' || state === 'fault' || state === 'offline' || state === 'back') return state
  return 'empty'
}

function textOf(
  point: PointInfo,
  figure: Figure | null,
  value: number,
  format: Format,
  words: { off: string; name: (key: string) => string },
): string {
  // A mean or a difference of named states is a number, not one of them.
  if (figure === 'mean' && point.is !== 'duration')
    return format.number(value, Math.min(6, point.decimals + (point.is === 'state' ? 2 : 0)))
  if (figure === 'delta' && point.is !== 'duration') return format.number(value, point.decimals)
  if (point.is === 'duration') return format.duration(Math.round(value))
  return valueText(point, value, format, words).text
}

/** Under which key the reason of a state stands. */
export function reasonKey(state: CellState, step: Step): CellState | 'noneRaw' {
  return state === 'none' && step === 'raw' ? 'noneRaw' : state
}
