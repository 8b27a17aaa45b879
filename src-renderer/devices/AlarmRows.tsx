import { useTranslation } from 'react-i18next'
import type { ComponentProps } from 'react'
import { ValueRows } from './ValueRows.tsx'
import classes from './ValuesTab.module.css'

/** The alarms of a controller: those that stand or cannot be read; the quiet ones are only counted. */
export function AlarmRows({ points, reading, ...rest }: ComponentProps<typeof ValueRows>) {
  const { t } = useTranslation()
  const told = points.filter(({ series }) => reading(series)?.value !== 0)
  const quiet = points.length - told.length
  return (
    <>
      {told.length > 0 && <ValueRows points={told} reading={reading} {...rest} />}
      {quiet > 0 && (
        <div className={classes['note']}>
          {told.length === 0 ? t('values.noAlarms', { count: quiet }) : t('values.quietAlarms', { count: quiet })}
        </div>
      )}
    </>
  )
}
