import { ScrollArea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LineUnit } from '#shared/acquisition/line.ts'
import { ContactText } from '../ui/ContactText.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'
import classes from './LineUnits.module.css'

const columns = ['device', 'unit', 'answered', 'silent', 'damaged', 'refused', 'median', 'worst', 'cycle'] as const

/** Every device on the line with what came of its last requests. */
export function LineUnits({ units }: { units: readonly LineUnit[] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('doctor.units')}>
      <ScrollArea type="auto">
        <table className={classes['table']}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" title={t(`doctor.hint.${column}`)}>
                  {t(`doctor.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <UnitRow key={unit.device} unit={unit} />
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </Panel>
  )
}

function UnitRow({ unit }: { unit: LineUnit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { recent, cycleMs, dueMs, answerMs, answerMsWorst, address, contact } = unit
  const asked = Object.values(recent).reduce((sum, count) => sum + count, 0)
  const time = (ms: number | null) => (ms === null ? '–' : format.milliseconds(ms))
  const lost = recent.silent + recent.closed + recent.unreachable + recent.gateway
  const damaged = recent.damaged + recent.foreign
  return (
    <tr data-state={contact.state}>
      <th scope="row">
        <span className={classes['device']}>
          <DeviceLink id={unit.device}>{unit.name}</DeviceLink>
          <ContactText state={contact.state} />
        </span>
      </th>
      <td>{address.member ?? address.unit}</td>
      <td>{t('doctor.of', { part: format.number(recent.answered), whole: format.number(asked) })}</td>
      <td data-trouble={lost > 0 || undefined}>{format.number(lost)}</td>
      <td data-trouble={damaged > 0 || undefined}>{format.number(damaged)}</td>
      <td>{format.number(recent.refused)}</td>
      <td>{time(answerMs)}</td>
      <td>{time(answerMsWorst)}</td>
      <td data-trouble={(cycleMs !== null && dueMs !== null && cycleMs > dueMs) || undefined}>
        {dueMs === null ? time(cycleMs) : t('doctor.of', { part: time(cycleMs), whole: time(dueMs) })}
      </td>
    </tr>
  )
}
