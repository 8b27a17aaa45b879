import { useEffect, useMemo, useRef, useState } from 'react'
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#shared/calendar.ts'
import type { Selected } from '../selection/selected.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { CellReason, type Place } from './CellReason.tsx'
import { ReadingsHead } from './ReadingsHead.tsx'
import { ReadingsRow } from './ReadingsRow.tsx'
import { columnsOf } from './columns.ts'
import type { Question } from './pages.ts'
import { useLines } from './use-lines.ts'
import classes from './ReadingsTable.module.css'

type ReadingsTableProps = { question: Question; chosen: readonly Selected[]; calendar: Calendar; live: boolean }

const rowHeight = 30
const headHeight = 84

/** The readings of the chosen points side by side. Only the rows and columns on screen exist. */
export function ReadingsTable({ question, chosen, calendar, live }: ReadingsTableProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const frame = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ first: 0, last: 0 })
  const [place, setPlace] = useState<Place | null>(null)
  const lines = useLines(question, seen, live)
  const columns = useMemo(() => columnsOf(chosen, question), [chosen, question])
  const timeWidth = phone ? 146 : 196
  const columnWidth = phone ? 112 : 136
  const rows = useVirtualizer({
    count: lines.count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: headHeight,
  })
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => frame.current,
    estimateSize: () => columnWidth,
    overscan: 2,
    scrollMargin: timeWidth,
  })
  useEffect(() => across.measure(), [across, columnWidth])
  const shown = rows.getVirtualItems()
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  useEffect(() => setSeen({ first, last }), [first, last])
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 })
    setPlace(null)
  }, [question.from, question.step])
  const width = timeWidth + columns.length * columnWidth
  const visible = across.getVirtualItems().flatMap(({ index, start }) => {
    const column = columns[index]
    return column ? [{ column, index, start }] : []
  })
  return (
    <>
      {lines.error !== null && <Failed told={tell(lines.error)} onRetry={lines.retry} />}
      <div
        ref={frame}
        className={classes['frame']}
        role="table"
        aria-label={t('readings.table')}
        aria-rowcount={lines.exact ? lines.count + 1 : -1}
        aria-colcount={columns.length + 1}
        aria-busy={lines.pending}
        tabIndex={0}
      >
        <div className={classes['sheet']} style={{ width, height: headHeight + rows.getTotalSize() }}>
          <ReadingsHead columns={visible} width={width} timeWidth={timeWidth} columnWidth={columnWidth} height={headHeight} />
          <div role="rowgroup">
            {shown.map(({ index, start }) => (
              <ReadingsRow
                key={index}
                index={index}
                line={lines.at(index)}
                columns={visible}
                box={{ top: start, width, height: rowHeight, timeWidth, columnWidth, seen: frame.current?.clientWidth ?? 0 }}
                step={question.step}
                calendar={calendar}
                chosen={place?.index === index ? place.column : null}
                onChoose={(column) => setPlace({ index, column })}
              />
            ))}
          </div>
        </div>
      </div>
      <div className={classes['foot']}>
        <CellReason place={place} line={place && lines.at(place.index)} columns={columns} step={question.step} calendar={calendar} />
        <span role="status" data-rows={lines.exact ? lines.rows : undefined}>
          {lines.pending
            ? t('readings.loading')
            : lines.exact
              ? t('readings.rows', { count: lines.rows })
              : t('readings.rowsSoFar', { count: lines.rows })}
        </span>
      </div>
    </>
  )
}
