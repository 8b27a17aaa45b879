import { useTranslation } from 'react-i18next'
import type { Connection } from '#shared/acquisition/contract.ts'
import { ContactText } from '../ui/ContactText.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { useFormat } from '../words.ts'
import { DoctorLink } from '../ui/DoctorLink.tsx'
import { TryNow } from './TryNow.tsx'
import { useConnectionWords } from './connection-words.ts'
import classes from './ConnectionCard.module.css'

/** One connection on a narrow screen. */
export function ConnectionCard({ connection, shared }: { connection: Connection; shared: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useConnectionWords(connection)
  const facts = [
    [
      t('communication.column.answer'),
      `${words.answer} / ${connection.answerMsWorst === null ? '–' : format.milliseconds(connection.answerMsWorst)}`,
    ],
    [t('communication.column.cycle'), words.cycle],
    [t('communication.column.slot'), words.slot],
    [t('communication.column.requests'), format.number(connection.requests)],
    [t('communication.column.failures'), format.number(connection.failures)],
    [t('communication.missed'), format.number(connection.missedSlots)],
  ] as const
  return (
    <article className={classes['card']} data-state={connection.contact.state}>
      <div className={classes['top']}>
        <DeviceLink id={connection.device} className={classes['link']}>
          {connection.name}
        </DeviceLink>
        {connection.contact.state === 'offline' && <TryNow device={connection.device} next={words.next} />}
        {!shared && connection.address.way !== 'push' && <DoctorLink device={connection.device} short />}
      </div>
      <div className={classes['second']}>
        <ContactText state={connection.contact.state} note={words.since} />
        <span className={classes['quiet']}>{words.failure ?? (shared ? words.unit : words.address)}</span>
      </div>
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
