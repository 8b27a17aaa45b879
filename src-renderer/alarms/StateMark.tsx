import {
  IconArrowBackUp,
  IconBell,
  IconCircleCheck,
  IconCircleDashed,
  IconClockPause,
  IconEyeOff,
  IconLock,
  IconLockCheck,
  IconTool,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AlarmState } from '#shared/alarms/state.ts'
import classes from './StateMark.module.css'

const drawings: Record<AlarmState, Icon> = {
  normal: IconCircleDashed,
  unacknowledged: IconBell,
  acknowledged: IconCircleCheck,
  returned: IconArrowBackUp,
  latchedUnacknowledged: IconLock,
  latchedAcknowledged: IconLockCheck,
  shelved: IconClockPause,
  suppressed: IconEyeOff,
  outOfService: IconTool,
}

/** The state of an alarm as a drawing with its word; `short` shows the drawing alone and says the word to screen readers. */
export function StateMark({ state, short }: { state: AlarmState; short?: boolean }) {
  const { t } = useTranslation()
  return <StateShape state={state} word={t(`alarms.words.state.${state}`)} short={short} />
}

/** The same for the rows of long lists, which know their words. */
export function StateShape({ state, word, short }: { state: AlarmState; word: string; short?: boolean | undefined }) {
  const Drawing = drawings[state]
  return (
    <span className={classes['state']} data-alarm-state={state} {...(short ? { role: 'img', 'aria-label': word, title: word } : {})}>
      <Drawing size={16} stroke={1.7} aria-hidden />
      {!short && <span className={classes['word']}>{word}</span>}
    </span>
  )
}
