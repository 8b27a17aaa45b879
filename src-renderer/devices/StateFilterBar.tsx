import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { contactStates } from '#shared/devices/contract.ts'
import { ContactMark } from '../ui/ContactMark.tsx'
import type { StateFilter } from './list.ts'
import classes from './StateFilterBar.module.css'

type StateFilterBarProps = { value: StateFilter; counts: Record<StateFilter, number>; onChange: (value: StateFilter) => void }

const order: readonly StateFilter[] = ['all', ...contactStates.toReversed()]

/** One button per state of contact, with how many devices are in it. */
export function StateFilterBar({ value, counts, onChange }: StateFilterBarProps) {
  const { t } = useTranslation()
  return (
    <div className={classes['bar']} role="group" aria-label={t('devices.stateFilter')}>
      {order
        .filter((state) => state === 'all' || state === 'online' || counts[state] > 0 || value === state)
        .map((state) => (
          <UnstyledButton
            key={state}
            className={classes['state']}
            aria-pressed={value === state}
            onClick={() => onChange(state)}
            data-state={state}
          >
            {state !== 'all' && <ContactMark state={state} />}
            {t(`contact.${state}`)}
            <span className={classes['count']}>{counts[state]}</span>
          </UnstyledButton>
        ))}
    </div>
  )
}
