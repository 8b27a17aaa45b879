import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { valueText, type Shown } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'

/** Values of settings as they are read aloud: "21.5 °C", "OFF", "Constant comfort"; a fault is told as one. */
export function useSettingText(): (point: Shown, value: number | null) => string {
  const { t } = useTranslation()
  const name = useLookup('values')
  const format = useFormat()
  return useMemo(
    () => (point, value) => {
      if (value === null) return t('write.fault')
      const { text, unit } = valueText(point, value, format, { off: t('value.off'), name })
      return unit === '' ? text : `${text}\u00a0${unit}`
    },
    [t, name, format],
  )
}
