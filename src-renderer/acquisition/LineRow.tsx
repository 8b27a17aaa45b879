import { useTranslation } from 'react-i18next'
import type { Connection } from '#shared/acquisition/contract.ts'
import { DoctorLink } from '../ui/DoctorLink.tsx'
import { useLineName } from './line-name.ts'
import classes from './LineRow.module.css'

/** The line that the devices below it share. */
export function LineRow({ connections, index }: { connections: readonly Connection[]; index?: number }) {
  const { t } = useTranslation()
  const nameOf = useLineName()
  const [first] = connections
  if (!first) return null
  const name = (
    <span className={classes['words']}>
      <strong className={classes['name']}>{nameOf(first.address)}</strong>
      <span className={classes['quiet']}>{t('doctor.shared', { count: connections.length })}</span>
    </span>
  )
  if (index === undefined) {
    return (
      <div className={classes['line']}>
        {name}
        <DoctorLink device={first.device} />
      </div>
    )
  }
  return (
    <div role="row" aria-rowindex={index} className={classes['line']}>
      <div role="cell">{name}</div>
      <div role="cell">
        <DoctorLink device={first.device} />
      </div>
    </div>
  )
}
