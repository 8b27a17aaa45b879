import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { priorities, type Priority } from '#shared/alarms/priority.ts'
import type { AlarmState } from '#shared/alarms/state.ts'
import classes from './PriorityMark.module.css'

type PriorityMarkProps = {
  priority: Priority
  /** Unacknowledged blinks, returned is an outline only. Without it the mark is full and steady. */
  state?: AlarmState | undefined
  size?: number
  /** The words stand beside it already. */
  hidden?: boolean
}

/** How urgent an alarm is, told thrice: by colour, by shape and by number (1 is the most urgent). */
export function PriorityMark({ hidden, ...rest }: PriorityMarkProps) {
  const { t } = useTranslation()
  return <PriorityShape {...rest} label={hidden ? null : t(`alarms.words.priority.${rest.priority}`)} />
}

/** The mark alone, for the rows of long lists, which know their words. */
export function PriorityShape({ priority, state, size = 20, label }: Omit<PriorityMarkProps, 'hidden'> & { label: string | null }) {
  return (
    <svg
      ref={inStep}
      className={classes['mark']}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      data-priority={priority}
      data-outline={state === 'returned' || undefined}
      data-blink={(state !== undefined && blinking.has(state)) || undefined}
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {label !== null && <title>{label}</title>}
      <g className={classes['shape']}>{shapes[priority]}</g>
      <text x="10" y={priority === 'high' ? 15.6 : 13.9} className={classes['number']}>
        {priorities.indexOf(priority) + 1}
      </text>
    </svg>
  )
}

const blinking: ReadonlySet<AlarmState> = new Set(['unacknowledged', 'returned', 'latchedUnacknowledged'])

const shapes: Record<Priority, ReactNode> = {
  critical: <path d="M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2Z" />,
  high: <path d="M10 1 19.4 18.5H.6Z" />,
  medium: <path d="M10 .8 19.2 10 10 19.2.8 10Z" />,
  low: <circle cx="10" cy="10" r="8.8" />,
}

const beatMs = 1200

/** All marks of a screen blink together, whenever each of them came. */
function inStep(mark: SVGSVGElement | null): void {
  mark?.style.setProperty('--into', `${-(performance.now() % beatMs)}ms`)
}
