import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PracticeFault, PracticeRun } from '#shared/practice/contract.ts'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { OutcomeMark } from './OutcomeMark.tsx'
import { usePracticeWords, type Places } from './words.ts'
import classes from './Reports.module.css'

type FaultCardsProps = {
  run: PracticeRun
  places: Places | undefined
  /** Whose findings are held against the truth; null: everybody's are counted. */
  trainee: string | null
}

/** The truth: every fault with where, since when, and how it shows itself; beside it what was found. */
export function FaultCards({ run, places, trainee }: FaultCardsProps) {
  const { t } = useTranslation()
  const faults = run.faults ?? []
  const own = faults.filter((fault) => fault.own)
  const others = faults.filter((fault) => !fault.own)
  const row = (fault: PracticeFault) => <FaultRow key={fault.id} fault={fault} run={run} places={places} trainee={trainee} />
  return (
    <>
      {own.length === 0 ? <Text>{t('practice.nothingBroken')}</Text> : <ul className={classes['list']}>{own.map(row)}</ul>}
      {others.length > 0 && (
        <details>
          <Text component="summary" size="sm" c="dimmed" mt="sm" style={{ cursor: 'pointer' }}>
            {t('practice.besides', { count: others.length })}
          </Text>
          <ul className={classes['list']}>{others.map(row)}</ul>
        </details>
      )}
    </>
  )
}

function FaultRow({ fault, run, places, trainee }: FaultCardsProps & { fault: PracticeFault }) {
  const { t } = useTranslation()
  const words = usePracticeWords()
  const { id, own, kind, target, state, after, from, to } = fault
  const place = words.place(kind, target, places)
  const device = places?.stations.find(({ name }) => name === target)?.device
  const hits = run.findings.filter((one) => one.fault === id)
  const hit = hits.find((one) => one.trainee === trainee)
  const lasted =
    to !== null && from !== null && run.to !== null && to < run.to ? t('practice.fault.lasted', { span: words.span(to - from) }) : ''
  const told =
    state === 'planned'
      ? t(run.state === 'running' ? 'practice.fault.planned' : 'practice.fault.never', { span: words.span(after) })
      : own
        ? t('practice.fault.began', { span: words.span(after) })
        : ''
  const counted = () => {
    if (!own || state === 'planned') return null
    if (trainee === null) {
      const found = hits.filter(({ outcome }) => outcome === 'found').length
      return found === 0 ? null : <Text size="sm">{t('practice.fault.by', { count: found })}</Text>
    }
    if (hit && (hit.outcome === 'found' || hit.outcome === 'half')) return <OutcomeMark outcome={hit.outcome} />
    return <OutcomeMark outcome="missed" />
  }
  return (
    <li className={classes['row']} data-fault={kind} data-state={state}>
      <div className={classes['words']}>
        <Text fw={600}>
          {words.kind(kind)}
          {': '}
          {device ? <DeviceLink id={device}>{place}</DeviceLink> : place}
        </Text>
        <Text size="sm" c="dimmed">
          {[
            told,
            words.figures(fault),
            lasted,
            hit?.delay === null || hit === undefined ? '' : t('practice.fault.delay', { span: words.span(hit.delay) }),
            hit?.outcome === 'half' ? t('practice.fault.reportedAs', { kind: words.kind(hit.kind) }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {state !== 'planned' && <Text size="sm">{words.sign(kind)}</Text>}
      </div>
      {counted()}
    </li>
  )
}
