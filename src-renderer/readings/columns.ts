import type { Figure } from '#shared/history/step.ts'
import type { Selected } from '../selection/selected.ts'
import type { Question } from './pages.ts'

/** One column of the table: a point, and of sums a figure. `place` is its number among those of each page. */
export type Column = { chosen: Selected; figure: Figure | null; place: number }

export function columnsOf(chosen: readonly Selected[], { step, figures }: Pick<Question, 'step' | 'figures'>): Column[] {
  const told: (Figure | null)[] = step === 'raw' ? [null] : figures
  return chosen.flatMap((one, c) => told.map((figure, f) => ({ chosen: one, figure, place: c * told.length + f })))
}

/** A column by its point and figure, as a key. */
export function keyOfColumn({ chosen, figure }: Column): string {
  return `${chosen.point.series}${figure ?? ''}`
}
