import { useTranslation } from 'react-i18next'
import type { Coverage } from '#shared/profiles/contract.ts'
import classes from './Coverage.module.css'

/** How sure the numbers of a controller are; what nobody has seen stands out. */
export function ProofText({ row }: { row: Pick<Coverage, 'proof' | 'fault'> }) {
  const { t } = useTranslation()
  const proof = row.fault === null ? row.proof : 'faulty'
  return (
    <span className={classes['proof']} data-proof={proof}>
      {t(`profiles.proof.${proof}`)}
    </span>
  )
}
