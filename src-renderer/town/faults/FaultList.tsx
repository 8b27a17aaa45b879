import { useState } from 'react'
import { Badge, Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { faultRow, type Fault } from '#shared/simulator/faults.ts'
import { useAction, useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import type { Town } from '../town.ts'
import { labelOf } from './draft.ts'
import { arrange, type FaultState } from './fault-list.ts'
import { useFaultWords } from '../../faults/fault-words.ts'
import classes from './Faults.module.css'

const everyMs = 5_000
const shortList = 12

/** What is broken, what will be and what was, each with what it does. */
export function FaultList({ town }: { town: Town }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('simulator.faults', {}, { every: everyMs })
  const heal = useAction('simulator.heal')
  const [all, setAll] = useState(false)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={3} />
  const rows = arrange(data.faults)
  const short = rows.filter(({ state }, i) => state !== 'over' || i < shortList)
  const shown = all ? rows : short
  return (
    <>
      {heal.error && <Failed told={tell(heal.error)} />}
      {rows.length === 0 && <Text my="sm">{t('town.faults.none')}</Text>}
      <ul className={classes['list']} aria-label={t('town.faults.title')}>
        {shown.map(({ fault, state }) => (
          <Row
            key={fault.id}
            fault={fault}
            state={state}
            town={town}
            busy={heal.isPending && heal.variables?.id === fault.id}
            onHeal={() => heal.mutate({ id: fault.id })}
          />
        ))}
      </ul>
      {rows.length > short.length && (
        <Button size="xs" variant="subtle" color="gray" mb="xs" onClick={() => setAll(!all)}>
          {all ? t('town.faults.fewer') : t('town.faults.all', { count: rows.length })}
        </Button>
      )}
    </>
  )
}

type RowProps = { fault: Fault; state: FaultState; town: Town; busy: boolean; onHeal: () => void }

function Row({ fault, state, town, busy, onHeal }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useFaultWords()
  const { kind, from, to } = fault
  const numbers = Object.keys(faultRow(kind).params).map((name) => words.param(kind, name, fault.params[name]))
  const time =
    to === null
      ? t('town.faults.since', { from: format.dateTime(from) })
      : t('town.faults.span', { from: format.dateTime(from), to: format.dateTime(to) })
  return (
    <li className={classes['row']} data-fault={kind} data-state={state}>
      <div className={classes['words']}>
        <div className={classes['head']}>
          <Text span fw={600}>
            {words.name(kind)}
          </Text>
          <Text span>{labelOf(fault, town)}</Text>
          <Badge size="sm" variant={state === 'standing' ? 'filled' : 'default'} color={state === 'standing' ? 'abnormal' : 'gray'}>
            {t(`town.faults.state.${state}`)}
          </Badge>
        </div>
        <Text size="sm" c="dimmed">
          {[time, ...numbers].join(' · ')}
        </Text>
        <Text size="sm">{words.text(kind)}</Text>
      </div>
      {state === 'standing' && (
        <Button size="xs" variant="default" flex="none" loading={busy} onClick={onHeal}>
          {t('town.faults.heal')}
        </Button>
      )}
    </li>
  )
}
