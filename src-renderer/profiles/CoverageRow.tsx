import { useTranslation } from 'react-i18next'
import type { Coverage } from '#shared/profiles/contract.ts'
import { applicationText } from './coverage-list.ts'
import { ProfileLink } from './ProfileLink.tsx'
import { ProofText } from './ProofText.tsx'
import classes from './Coverage.module.css'

/** One controller or application in the wide table. */
export function CoverageRow({ row, index }: { row: Coverage; index: number }) {
  const { t } = useTranslation()
  const list = row.subtypes.map((one) => `.${one}`).join(' ')
  const subtypes = list === '' ? t('profiles.allSubtypes') : t('profiles.subtypes', { list })
  return (
    <div role="row" aria-rowindex={index} className={`${classes['row']} ${classes['body']}`} data-profile={row.profile}>
      <div role="cell" className={classes['two']}>
        <ProfileLink row={row} />
        <span className={classes['quiet']}>{row.fault ?? row.title}</span>
      </div>
      <div role="cell" className={classes['two']}>
        <span>{applicationText(row) || t('profiles.noApplication')}</span>
        <span className={classes['quiet']}>{row.applications.length > 0 && subtypes}</span>
      </div>
      <div role="cell">
        <ProofText row={row} />
      </div>
      <div role="cell">{t(`profiles.found.${row.found}`)}</div>
      <div role="cell" className={classes['two']}>
        <span>{t('profiles.points', { count: row.points })}</span>
        <span className={classes['quiet']}>
          {row.unverified > 0 ? t('profiles.unverified', { count: row.unverified }) : t('profiles.noneUnverified')}
        </span>
      </div>
      <div role="cell" className={classes['source']} title={row.source}>
        {row.source}
      </div>
    </div>
  )
}
