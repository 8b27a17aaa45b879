import { memo, useEffect, useRef, type MouseEvent } from 'react'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { PriorityShape } from '../PriorityMark.tsx'
import { useRowContext } from './row-context.ts'
import { isUnseen } from './arrange.ts'
import { Recent, RespondBy, RowActs, Since, StateCell, ValueNow } from './cells.tsx'
import type { Act } from './acts.ts'
import classes from './AlarmGrid.module.css'

/** What rows tell the list; the same object for as long as the list is there. */
export type RowTold = {
  pick: (id: string, reach: boolean) => void
  open: (id: string) => void
  act: (act: Act, row: AlarmRow) => void
  fold: (id: string) => void
  enter: (id: string) => void
}

export type AlarmLineProps = {
  row: AlarmRow
  /** Its place in the table, 1 being the heading. */
  index: number
  /** It has the keyboard. */
  current: boolean
  /** The keyboard moved, so the focus follows. */
  steered: boolean
  selected: boolean
  selectable: boolean
  opened: boolean
  gone: boolean
  /** Belongs to an unfolded group. */
  inner: boolean
  /** Two lines for a narrow screen instead of columns. */
  card: boolean
  told: RowTold
}

/** One alarm of the list. */
export const AlarmLine = memo(function AlarmLine(props: AlarmLineProps) {
  const { row, index, current, steered, selected, selectable, opened, gone, inner, card, told } = props
  const { t, words } = useRowContext()
  const self = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current && steered) self.current?.focus({ preventScroll: true })
  }, [current, steered])
  const tabIndex = current ? 0 : -1
  const pick = (event: MouseEvent) => {
    event.stopPropagation()
    told.pick(row.id, event.shiftKey)
  }
  const follow = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, input')) return
    if (event.shiftKey && selectable) {
      event.preventDefault()
      told.pick(row.id, true)
    } else told.open(row.id)
  }
  const check = selectable && (
    <input
      type="checkbox"
      className={classes['check']}
      checked={selected}
      tabIndex={-1}
      aria-label={t('alarms.list.select', { name: words.line(row) })}
      onClick={pick}
      readOnly
    />
  )
  const about = words.about(row)
  const notes = [
    about,
    row.beneath > 0 ? t('alarms.list.beneath', { count: row.beneath }) : '',
    row.unsaved ? t('alarms.list.unsaved.row') : '',
  ]
  const device =
    row.device === null ? (
      <span className={classes['cut']}>{row.deviceName}</span>
    ) : (
      <DeviceLink id={row.device} className={classes['device']}>
        {row.deviceName}
      </DeviceLink>
    )
  return (
    <div
      ref={self}
      role="row"
      aria-rowindex={index}
      aria-selected={selectable ? selected : undefined}
      aria-level={inner ? 2 : undefined}
      tabIndex={tabIndex}
      className={card ? classes['card'] : `${classes['body']} ${classes['row']}`}
      data-alarm={row.id}
      data-state={row.state}
      data-unseen={isUnseen(row) || undefined}
      data-selected={selected || undefined}
      data-opened={opened || undefined}
      data-gone={gone || undefined}
      data-inner={inner || undefined}
      onFocus={() => told.enter(row.id)}
      onClick={follow}
      onMouseDown={(event) => {
        // A range is chosen, not text.
        if (event.shiftKey) event.preventDefault()
      }}
    >
      <div role="gridcell" className={classes['marks']}>
        {check}
        <PriorityShape priority={row.priority} state={gone ? undefined : row.state} size={22} label={words.priority(row.priority)} />
      </div>
      <div role="gridcell" className={classes['two']}>
        <span className={classes['name']}>{row.ruleName}</span>
        <span className={classes['quiet']} title={notes.filter(Boolean).join(' · ')}>
          {notes.filter(Boolean).join(' · ')}
        </span>
      </div>
      <div role="gridcell" className={classes['two']} data-cell="device">
        {device}
        {row.place !== '' && <span className={classes['quiet']}>{row.place}</span>}
      </div>
      <div role="gridcell" className={classes['two']} data-cell="value">
        <ValueNow row={row} />
      </div>
      <div role="gridcell" className={classes['two']} data-cell="since">
        <Since row={row} />
      </div>
      <div role="gridcell" className={classes['two']} data-cell="state">
        {gone ? <span className={classes['quiet']}>{t('alarms.list.gone')}</span> : <StateCell row={row} />}
      </div>
      <div role="gridcell" className={classes['two']} data-cell="respond">
        <Recent row={row} />
        <RespondBy row={row} />
      </div>
      <div role="gridcell" className={classes['acts']} data-cell="acts">
        {!gone && <RowActs row={row} tabIndex={tabIndex} onAct={told.act} />}
      </div>
    </div>
  )
})
