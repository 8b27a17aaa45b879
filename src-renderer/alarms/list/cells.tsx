import { IconLockOpen, IconCheck, IconClockPause, IconArrowBackUp, IconTool, type Icon } from '@tabler/icons-react'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useNow, useReadings } from '../../host.ts'
import { StateShape } from '../StateMark.tsx'
import { actable, type Act } from './acts.ts'
import { useRowContext } from './row-context.ts'
import classes from './AlarmGrid.module.css'

const dayMs = 24 * 3_600_000
const none: readonly number[] = []

/** The value as it is now: of a limit as it is read, of others as their rule last saw it. */
export function ValueNow({ row }: { row: AlarmRow }) {
  const { t, words } = useRowContext()
  const { series } = row
  const live = row.kind === 'limit' && series !== null
  const reading = useReadings(live ? [series] : none)(series ?? -1)
  const read = live && reading?.quality === 'good' ? reading.value : null
  const text = words.number(read ?? row.value, row)
  const limit = words.number(row.limit, row)
  return (
    <>
      <span className={classes['value']} data-number={text === '' ? undefined : true}>
        {text || (words.number(row.raisedValue, row) === '' ? '' : '–')}
      </span>
      {limit !== '' && <span className={classes['quiet']}>{t('alarms.list.limit', { limit })}</span>}
    </>
  )
}

/** When it was raised, and how long ago or how long it lasted; of a pending one when it will be. */
export function Since({ row }: { row: AlarmRow }) {
  const { t, format } = useRowContext()
  const now = useNow()
  const { raisedAt, clearedAt, pendingUntil } = row
  if (row.state === 'normal' && pendingUntil !== null) {
    const left = pendingUntil - now
    return (
      <>
        <span>{format.time(pendingUntil)}</span>
        <span className={classes['quiet']}>{left > 0 ? t('alarms.list.in', { span: format.span(left) }) : t('alarms.list.atOnce')}</span>
      </>
    )
  }
  if (raisedAt === null) return null
  const end = row.active ? now : (clearedAt ?? now)
  return (
    <>
      <span>{now - raisedAt < dayMs ? format.timeSeconds(raisedAt) : format.dateTime(raisedAt)}</span>
      <span className={classes['quiet']}>
        {row.active ? format.span(end - raisedAt) : t('alarms.list.lasted', { span: format.span(end - raisedAt) })}
      </span>
    </>
  )
}

/** How it stands, and whose doing that is. */
export function StateCell({ row }: { row: AlarmRow }) {
  const { t, format, words } = useRowContext()
  const { out, suppression, shelf, acknowledged } = row
  const by = out
    ? t('alarms.list.by', { who: out.by, time: format.dateTime(out.at) })
    : suppression
      ? words.suppression(suppression.reason)
      : shelf
        ? t('alarms.list.by', {
            who: shelf.by,
            time: shelf.until === null ? t('alarms.list.untilClear') : t('alarms.list.until', { time: format.time(shelf.until) }),
          })
        : acknowledged
          ? t('alarms.list.by', { who: acknowledged.by, time: format.time(acknowledged.at) })
          : ''
  const why = out?.reason ?? shelf?.reason ?? acknowledged?.comment ?? ''
  return (
    <>
      {row.state === 'normal' ? (
        <span className={classes['quiet']}>{t('alarms.list.pending')}</span>
      ) : (
        <StateShape state={row.state} word={words.state(row.state)} />
      )}
      {by !== '' && (
        <span className={classes['quiet']} title={[by, why].filter(Boolean).join(': ')}>
          {why === '' ? by : `${by}: ${why}`}
        </span>
      )}
    </>
  )
}

/** How often it came lately, when that is more than once. */
export function Recent({ row }: { row: AlarmRow }) {
  const { t, format } = useRowContext()
  const count = Math.max(row.waiting, row.recent.length)
  if (count < 2) return null
  const label = t('alarms.list.recent', { count, times: row.recent.map((at) => format.dateTime(at)).join(', ') })
  return (
    <span className={classes['recent']} title={label} role="img" aria-label={label}>
      {`${count}×`}
    </span>
  )
}

/** How long there is to act. */
export function RespondBy({ row }: { row: AlarmRow }) {
  const { t, format } = useRowContext()
  const now = useNow()
  if (row.respondBy === null || !row.active) return null
  const left = row.respondBy - now
  return (
    <span className={classes['respond']} data-over={left < 0 || undefined}>
      {left < 0 ? t('alarms.list.respondOver', { span: format.span(-left) }) : t('alarms.list.respondIn', { span: format.span(left) })}
    </span>
  )
}

const drawings: Record<Act, Icon> = {
  acknowledge: IconCheck,
  reset: IconLockOpen,
  shelve: IconClockPause,
  unshelve: IconArrowBackUp,
  remove: IconTool,
  return: IconArrowBackUp,
}

type RowActsProps = { row: AlarmRow; tabIndex: number; onAct: (act: Act, row: AlarmRow) => void }

/** What can be done with one click in the list; the rest stands in the opened alarm. */
export function RowActs({ row, tabIndex, onAct }: RowActsProps) {
  const { t, allowed } = useRowContext()
  const here = allowed.filter((act) => act !== 'remove' && actable(act, [row]).length > 0)
  return here.map((act) => {
    const Drawing = drawings[act]
    const label = t(`alarms.list.act.${act}`)
    return (
      <button
        key={act}
        type="button"
        className={classes['act']}
        tabIndex={tabIndex}
        aria-label={label}
        title={label}
        onClick={(event) => {
          event.stopPropagation()
          onAct(act, row)
        }}
      >
        <Drawing size={18} stroke={1.7} aria-hidden />
      </button>
    )
  })
}
