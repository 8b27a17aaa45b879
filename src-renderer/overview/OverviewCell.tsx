import { memo, type MouseEvent } from 'react'
import { VisuallyHidden } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Reading } from '#shared/reading.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { Value } from '../ui/Value.tsx'
import { face, valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { deviationOf, levelOf, type Group } from './group.ts'
import type { Spark } from './spark-store.ts'
import { listStaleMs, type Cell } from './table.ts'
import classes from './Overview.module.css'

type OverviewCellProps = {
  device: string
  cell: Cell
  reading: Reading | undefined
  group: Group | null
  spark: Spark | undefined
  sparks: boolean
  now: number
}

const signs = { 'far above': '▲▲', above: '▲', usual: '', below: '▼', 'far below': '▼▼' } as const
const keys = { 'far above': 'farAbove', above: 'above', usual: 'usual', below: 'below', 'far below': 'farBelow' } as const

/** One value held against those of its column, with its course of the last day; leads to its chart. */
export const OverviewCell = memo(function OverviewCell({ device, cell, reading, group, spark, sparks, now }: OverviewCellProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useLookup('values')
  const router = useRouter()
  const words = { off: t('value.off'), name }
  const shown = face(cell.shape, reading, now, format, words, listStaleMs)
  const fresh = !shown.stale && reading?.value !== null && reading?.value !== undefined ? reading.value : null
  // A cell that was left out of the comparison stays so until the table is made anew.
  const deviation = fresh === null || cell.deviation === null ? null : deviationOf(fresh, group)
  const level = levelOf(deviation)
  const median = group && valueText(cell.shape, group.median, format, words)
  const told =
    level === null || deviation === null || !group || !median
      ? undefined
      : t(`overview.told.${keys[level]}`, {
          times: format.number(Math.abs(deviation), 1),
          median: `${median.text} ${median.unit}`.trim(),
          count: group.count,
        })
  const href = `/devices/${encodeURIComponent(device)}/chart?points=${encodeURIComponent(cell.shape.id)}`
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    router.history.push(href)
  }
  return (
    <a
      href={href}
      className={classes['value']}
      title={told}
      data-level={level === null || level === 'usual' ? undefined : keys[level]}
      onClick={follow}
    >
      {sparks && (
        <span className={classes['spark']}>
          {spark && (
            <Sparkline
              at={spark.mean.map((_mean, i) => spark.from + (i + 0.5) * spark.everyMs)}
              value={spark.mean}
              from={spark.from}
              to={spark.from + spark.mean.length * spark.everyMs}
              width={56}
              height={20}
            />
          )}
        </span>
      )}
      <Value face={shown} age={shown.age === null ? null : format.span(shown.age)} compact quiet />
      <span className={classes['sign']} aria-hidden>
        {level === null ? '' : signs[level]}
      </span>
      {told !== undefined && level !== 'usual' && <VisuallyHidden>{told}</VisuallyHidden>}
    </a>
  )
})
