import { memo, useEffect, useRef } from 'react'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { Group } from '#shared/alarms/group.ts'
import { priorities } from '#shared/alarms/priority.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import type { RowTold } from './AlarmLine.tsx'
import { useRowContext } from './row-context.ts'
import classes from './AlarmGrid.module.css'

type GroupLineProps = { group: Group; index: number; current: boolean; steered: boolean; unfolded: boolean; told: RowTold }

/** Alarms of one cause as one entry of the list during a flood; unfolds to its rows. */
export const GroupLine = memo(function GroupLine({ group, index, current, steered, unfolded, told }: GroupLineProps) {
  const { t, words } = useRowContext()
  const self = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current && steered) self.current?.focus({ preventScroll: true })
  }, [current, steered])
  const Fold = unfolded ? IconChevronDown : IconChevronRight
  const name =
    group.by === 'priority'
      ? t('alarms.list.group.priority', { priority: words.priority(group.priority) })
      : group.by === 'others'
        ? t('alarms.list.group.others')
        : group.name
  return (
    <div
      ref={self}
      role="row"
      aria-rowindex={index}
      aria-expanded={unfolded}
      aria-level={1}
      tabIndex={current ? 0 : -1}
      className={classes['group']}
      data-group={group.id}
      onFocus={() => told.enter(group.id)}
      onClick={() => told.fold(group.id)}
    >
      <div role="gridcell" className={classes['marks']}>
        <Fold size={18} stroke={1.7} aria-hidden />
        <PriorityMark priority={group.priority} state={group.unacknowledged > 0 ? 'unacknowledged' : undefined} size={22} />
      </div>
      <div role="gridcell" className={classes['two']}>
        <span className={classes['name']} data-unseen={group.unacknowledged > 0 || undefined}>
          {name}
        </span>
        <span className={classes['quiet']}>{t('alarms.list.group.count', { count: group.rows.length, unseen: group.unacknowledged })}</span>
      </div>
      <div role="gridcell" className={classes['counts']}>
        {priorities
          .filter((priority) => group.counts[priority] > 0)
          .map((priority) => (
            <span key={priority}>
              <PriorityMark priority={priority} size={16} /> {group.counts[priority]}
            </span>
          ))}
      </div>
    </div>
  )
})
