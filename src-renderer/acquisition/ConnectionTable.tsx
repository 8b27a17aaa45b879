import { useTranslation } from 'react-i18next'
import type { Connection } from '#shared/acquisition/contract.ts'
import { ContactText } from '../ui/ContactText.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { useFormat } from '../words.ts'
import { keyOfRow, type CommunicationRow } from './arrange.ts'
import { DoctorLink } from '../ui/DoctorLink.tsx'
import { LineRow } from './LineRow.tsx'
import { TryNow } from './TryNow.tsx'
import { useConnectionWords } from './connection-words.ts'
import classes from './ConnectionTable.module.css'

const columns = ['state', 'device', 'answer', 'requests', 'failures', 'exceptions', 'reconnects', 'cycle', 'slot', 'next'] as const

/** Every connection with its figures, one per line. */
export function ConnectionTable({ rows }: { rows: readonly CommunicationRow[] }) {
  const { t } = useTranslation()
  return (
    <div role="table" aria-label={t('communication.title')} aria-rowcount={rows.length + 1} className={classes['table']}>
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
        items={rows}
        height={52}
        keyOf={keyOfRow}
        row={(row, i) =>
          'line' in row ? (
            <LineRow connections={row.connections} index={i + 2} />
          ) : (
            <ConnectionRow connection={row.connection} shared={row.shared} index={i + 2} />
          )
        }
      />
    </div>
  )
}

function ConnectionRow({ connection, shared, index }: { connection: Connection; shared: boolean; index: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useConnectionWords(connection)
  const { contact } = connection
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={`${classes['row']} ${classes['body']}`}
      data-state={contact.state}
      data-shared={shared || undefined}
    >
      <div role="cell" className={classes['two']}>
        <ContactText state={contact.state} />
        <span className={classes['quiet']}>{words.since}</span>
      </div>
      <div role="cell" className={classes['two']}>
        <DeviceLink id={connection.device} className={classes['link']}>
          {connection.name}
        </DeviceLink>
        <span className={classes['quiet']} title={words.failure ?? undefined}>
          {words.failure ?? (shared ? words.unit : words.address)}
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
        {!shared && connection.address.way !== 'push' && <DoctorLink device={connection.device} short />}
      </div>
    </div>
  )
}
