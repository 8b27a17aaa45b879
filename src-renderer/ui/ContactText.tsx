import type { Contact } from '#shared/devices/contract.ts'
import { useTranslation } from 'react-i18next'
import { ContactMark } from './ContactMark.tsx'
import classes from './ContactText.module.css'

/** Contact with a device as shape and word. */
export function ContactText({ state, note }: { state: Contact['state']; note?: string }) {
  const { t } = useTranslation()
  return (
    <span className={classes['contact']} data-state={state}>
      <ContactMark state={state} />
      <span>{t(`contact.${state}`)}</span>
      {note !== undefined && <span className={classes['note']}>{note}</span>}
    </span>
  )
}
