import { useTranslation } from 'react-i18next'
import type { Connection } from '#shared/acquisition/contract.ts'
import { ContactText } from '../ui/ContactText.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { useFormat } from '../words.ts'
import { TryNow } from './TryNow.tsx'
import { useConnectionWords } from './connection-words.ts'
import classes from './ConnectionTable.module.css'

const columns = ['state', 'device', 'answer', 'requests', 'failures', 'exceptions', 'reconnects', 'cycle', 'slot', 'next'] as const

/** Every connection with its figures, one per line. */
export function ConnectionTable({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation()
  return (
    <div role="table" aria-label={t('communication.title')} aria-rowcount={connections.length + 1} className={classes['table']}>
      <div role="rowgroup" className={classes['head']}>
        <div role="row" aria-rowindex={1} className={classes['row']}>
          {columns.map((column) => (
            <div key={column} role="columnheader" title={t(`communication.hint.${column}`)}>
              {t(`communication.column.${column}`)}
            </div>
          ))}
        </div>
      </div>
      <WindowRows
        role="rowgroup"
        items={connections}
        height={52}
        keyOf={({ device }) => device}
        row={(connection, i) => <ConnectionRow connection={connection} index={i + 2} />}
      />
    </div>
  )
}

function ConnectionRow({ connection, index }: { connection: Connection; index: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useConnectionWords(connection)
  const { contact } = connection
  return (
    <div role="row" aria-rowindex={index} className={`${classes['row']} ${classes['body']}`} data-state={contact.state}>
      <div role="cell" className={classes['two']}>
        <ContactText state={contact.state} />
        <span className={classes['quiet']}>{words.since}</span>
      </div>
      <div role="cell" className={classes['two']}>
        <DeviceLink id={connection.device} className={classes['link']}>
          {connection.name}
        </DeviceLink>
        <span className={classes['quiet']} title={words.failure ?? undefined}>
          {words.failure ?? words.address}
        </span>
      </div>
      <div role="cell">
        {words.answer}
        <span className={classes['worst']}>{words.answerWorst}</span>
      </div>
      <div role="cell">{format.number(connection.requests)}</div>
      <div role="cell">{format.number(connection.failures)}</div>
      <div role="cell">
        {format.number(connection.exceptions)}
        {connection.unserved > 0 && <span className={classes['worst']}>{t('communication.unserved', { count: connection.unserved })}</span>}
      </div>
      <div role="cell">{format.number(connection.reconnects)}</div>
      <div role="cell">
        {words.cycle}
        {connection.overruns > 0 && <span className={classes['worst']}>{t('communication.overruns', { count: connection.overruns })}</span>}
      </div>
      <div role="cell">
        {words.slot}
        {connection.missedSlots > 0 && (
          <span className={classes['worst']}>{t('communication.missedCount', { count: connection.missedSlots })}</span>
        )}
      </div>
      <div role="cell" className={classes['next']}>
        {contact.state === 'offline' ? <TryNow device={connection.device} next={words.next} /> : null}
      </div>
    </div>
  )
}
