import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { proofFilters, type ProofFilter } from './coverage-list.ts'
import classes from './Coverage.module.css'

type ProofFilterBarProps = { value: ProofFilter; counts: Record<ProofFilter, number>; onChange: (value: ProofFilter) => void }

/** One button per certainty, with how many controllers have it. */
export function ProofFilterBar({ value, counts, onChange }: ProofFilterBarProps) {
  const { t } = useTranslation()
  return (
    <div className={classes['bar']} role="group" aria-label={t('profiles.proofFilter')}>
      {proofFilters
        .filter((proof) => proof !== 'own' || counts.own > 0 || value === 'own')
        .map((proof) => (
          <UnstyledButton key={proof} className={classes['choice']} aria-pressed={value === proof} onClick={() => onChange(proof)}>
            {t(`profiles.proof.${proof}`)}
            <span className={classes['count']}>{counts[proof]}</span>
          </UnstyledButton>
        ))}
    </div>
  )
}
