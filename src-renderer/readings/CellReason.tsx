import { useTranslation } from 'react-i18next'
import type { Calendar } from '#shared/calendar.ts'
import type { Step } from '#shared/history/step.ts'
import { usePointNames } from '../point-names.ts'
import { selectedName } from '../selection/selected.ts'
import { useFormat, useLookup } from '../words.ts'
import { cellFace, reasonKey } from './cell-face.ts'
import type { Column } from './columns.ts'
import type { Line } from './pages.ts'
import { rowTime } from './row-time.ts'

export type Place = { index: number; column: number }

type CellReasonProps = { place: Place | null; line: Line | null; columns: readonly Column[]; step: Step; calendar: Calendar }

/** The cell that was touched in words: when, what, and how far it can be trusted. */
export function CellReason({ place, line, columns, step, calendar }: CellReasonProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = usePointNames()
  const states = useLookup('values')
  const column = place && columns[place.column]
  const at = line?.kind === 'row' ? line.page.at[line.row] : undefined
  if (!column || line?.kind !== 'row' || at === undefined) return <span>{t('readings.tapHint')}</span>
  const cells = line.page.columns[column.place]
  const { point } = column.chosen
  const face = cellFace(point, column.figure, cells?.value[line.row] ?? null, cells?.state[line.row] ?? 0, format, {
    off: t('value.off'),
    name: states,
  })
  const { day, time } = rowTime(at, step, calendar, format)
  return (
    <span aria-live="polite" data-reason={face.state}>
      {t('readings.chosen', {
        time: `${day} ${time}`.trim(),
        name: selectedName(column.chosen, names),
        value: face.word === null ? `${face.text ?? ''} ${point.unit}`.trim() : t(`readings.cell.${face.word}`),
        reason: t(`readings.reason.${reasonKey(face.state, step)}`),
      })}
    </span>
  )
}
