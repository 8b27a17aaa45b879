import { IconClockRecord, IconHandStop, IconReplace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#shared/calendar.ts'
import type { Step } from '#shared/history/step.ts'
import { useFormat, useLookup } from '../words.ts'
import type { ShownColumn } from './ReadingsHead.tsx'
import { cellFace, reasonKey } from './cell-face.ts'
import { keyOfColumn } from './columns.ts'
import type { Line } from './pages.ts'
import { rowTime } from './row-time.ts'
import classes from './ReadingsTable.module.css'

const marks = { manual: IconHandStop, substituted: IconReplace, log: IconClockRecord }

type ReadingsRowProps = {
  index: number
  line: Line
  columns: readonly ShownColumn[]
  /** px; `seen`: how much of the width is on screen. */
  box: { top: number; width: number; height: number; timeWidth: number; columnWidth: number; seen: number }
  step: Step
  calendar: Calendar
  /** The column of the cell that was touched. */
  chosen: number | null
  onChoose: (column: number) => void
}

/** One row: its time, and a cell for each column that is on screen. */
export function ReadingsRow({ index, line, columns, box, step, calendar, chosen, onChoose }: ReadingsRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const states = useLookup('values')
  const words = { off: t('value.off'), name: states }
  const place = { transform: `translateY(${box.top}px)`, width: box.width, height: box.height }
  if (line.kind === 'gap') {
    return (
      <div role="row" aria-rowindex={index + 2} className={classes['row']} style={place} data-gap>
        <div
          role="cell"
          className={classes['gap']}
          style={{ width: box.seen }}
          title={`${format.dateTime(line.from)} – ${format.dateTime(line.to)}`}
        >
          <span>{t('readings.gapRow', { span: format.span(line.to - line.from) })}</span>
        </div>
      </div>
    )
  }
  const at = line.kind === 'row' ? line.page.at[line.row] : line.at
  const time = at === null || at === undefined ? null : rowTime(at, step, calendar, format)
  return (
    <div role="row" aria-rowindex={index + 2} className={classes['row']} style={place} data-at={at ?? undefined}>
      <div role="rowheader" aria-colindex={1} className={classes['time']} style={{ width: box.timeWidth }}>
        {time && (
          <>
            <span className={classes['day']}>{time.day}</span>
            <span>{time.time}</span>
          </>
        )}
      </div>
      {line.kind === 'row' &&
        columns.map(({ column, index: number, start }) => {
          const cells = line.page.columns[column.place]
          const face = cellFace(
            column.chosen.point,
            column.figure,
            cells?.value[line.row] ?? null,
            cells?.state[line.row] ?? 0,
            format,
            words,
          )
          const Mark = face.state === 'manual' || face.state === 'substituted' || face.state === 'log' ? marks[face.state] : null
          return (
            <div
              key={keyOfColumn(column)}
              role="cell"
              aria-colindex={number + 2}
              className={classes['cell']}
              style={{ left: start, width: box.columnWidth }}
              data-state={face.state}
              data-chosen={chosen === number || undefined}
              title={t(`readings.reason.${reasonKey(face.state, step)}`)}
              onClick={() => onChoose(number)}
            >
              {face.word === null ? (
                <span className={classes['number']} data-number>
                  {face.text}
                </span>
              ) : (
                <span className={classes['word']}>{t(`readings.cell.${face.word}`)}</span>
              )}
              {Mark && <Mark size={13} stroke={1.6} aria-hidden />}
            </div>
          )
        })}
    </div>
  )
}
