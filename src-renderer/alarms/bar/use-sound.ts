import { useCallback, useEffect, useMemo, useState } from 'react'
import { useLocalStorage } from '@mantine/hooks'
import type { Priority } from '#shared/alarms/priority.ts'
import type { AlarmSummary } from '#shared/alarms/row.ts'
import { Sound } from './sound.ts'
import { toSound, type Silence } from './sounding.ts'

export const silenceKey = 'hearthgrid.alarms.silence'
export const soundKey = 'hearthgrid.alarms.sound'

export type AlarmSound = {
  on: boolean
  turn: (on: boolean) => void
  /** What is being told by sound, also while the browser keeps it silent. */
  playing: Priority | null
  blocked: boolean
  silence: () => void
  test: (priority: Priority) => void
}

/** What this browser remembers about sound, and what of the alarms is to be heard in it now. */
export function useSilence(summary: AlarmSummary | undefined) {
  const [on, turn] = useLocalStorage({ key: soundKey, defaultValue: true, getInitialValueInEffect: false })
  const [silenced, setSilenced] = useLocalStorage<Silence | null>({ key: silenceKey, defaultValue: null, getInitialValueInEffect: false })
  const playing = on && summary ? toSound(summary, silenced) : null
  const silence = useCallback(() => {
    if (summary) setSilenced({ at: summary.annunciated, priority: summary.sounding })
  }, [summary, setSilenced])
  return { on, turn, playing, silence }
}

/** Plays it. Mounted once on a page. */
export function useAlarmSound(summary: AlarmSummary | undefined): AlarmSound {
  const { on, turn, playing, silence } = useSilence(summary)
  const [blocked, setBlocked] = useState(false)
  const sound = useMemo(() => new Sound(setBlocked), [])
  useEffect(() => {
    const wake = () => void sound.wake()
    const gestures = ['pointerdown', 'keydown'] as const
    for (const gesture of gestures) window.addEventListener(gesture, wake)
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, wake)
      sound.close()
    }
  }, [sound])
  useEffect(() => sound.repeat(playing), [sound, playing])
  return { on, turn, playing, blocked, silence, test: (priority) => void sound.once(priority) }
}
