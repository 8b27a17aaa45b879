import { useTranslation } from 'react-i18next'
import type { Coverage } from '#shared/profiles/contract.ts'
import { applicationText } from './coverage-list.ts'
import { ProfileLink } from './ProfileLink.tsx'
import { ProofText } from './ProofText.tsx'
import classes from './Coverage.module.css'

export const cardHeight = 132

/** One controller or application on a narrow screen. */
export function CoverageCard({ row }: { row: Coverage }) {
  const { t } = useTranslation()
  const keys = row.subtypes.length === 0 ? '' : ` ${row.subtypes.map((one) => `.${one}`).join(' ')}`
  return (
    <article className={classes['card']} data-profile={row.profile}>
      <div className={classes['line']}>
        <ProfileLink row={row} />
        <span className={classes['right']}>{applicationText(row) + keys}</span>
      </div>
      <span className={classes['quiet']}>{row.fault ?? row.title}</span>
      <div className={classes['line']}>
        <ProofText row={row} />
        <span className={classes['right']}>{t(`profiles.found.${row.found}`)}</span>
      </div>
      <span className={classes['quiet']}>
        {t('profiles.points', { count: row.points })},{' '}
        {row.unverified > 0 ? t('profiles.unverified', { count: row.unverified }) : t('profiles.noneUnverified')}
      </span>
      <span className={classes['quiet']}>{row.source}</span>
    </article>
  )
}
