import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { contactStates, type Device } from '#shared/devices/contract.ts'
import { ContactMark } from '../ui/ContactMark.tsx'
import classes from './ContactSummary.module.css'

/** How many devices are in which state of contact; each count leads to the list of exactly those. */
export function ContactSummary({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation()
  const counts = contactStates.map((state) => ({ state, count: devices.filter((device) => device.contact.state === state).length }))
  if (devices.length === 0) return null
  return (
    <div className={classes['summary']} role="group" aria-label={t('contact.summary')}>
      {counts
        .filter(({ state, count }) => count > 0 || state === 'online')
        .map(({ state, count }) => (
          <Link
            key={state}
            to="/devices"
            search={{ state }}
            className={classes['count']}
            data-state={state}
            aria-label={t('contact.count', { count, state: t(`contact.${state}`) })}
            title={t(`contact.${state}`)}
          >
            <ContactMark state={state} />
            {count}
          </Link>
        ))}
    </div>
  )
}
