import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { units, type Quantity } from '#shared/units.ts'
import { useFormat } from '../../words.ts'

type Change = { deadband: number | null; onDelayS: number }

/** Deadbands and delays in the language of the screen. */
export function useTrialWords(is: Quantity | null) {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const unit = is === null ? '' : is === 'temperature' ? units.temperatureDifference : units[is]
    const deadband = (value: number) => `${format.number(value, digitsOf(value))} ${unit}`.trim()
    const delay = (seconds: number) => format.duration(seconds)
    /** What is another than in the rule: "a deadband of 1 K and a delay of 15 min". */
    const change = (to: Change, from: Change) => {
      const words = [
        to.deadband === null || to.deadband === from.deadband ? '' : t('alarms.trial.deadband', { value: deadband(to.deadband) }),
        to.onDelayS === from.onDelayS ? '' : t('alarms.trial.delay', { value: delay(to.onDelayS) }),
      ].filter(Boolean)
      const [first = '', second] = words
      return second === undefined ? first : t('alarms.trial.both', { deadband: first, delay: second })
    }
    return { deadband, delay, change }
  }, [t, format, is])
}

function digitsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0
}
