import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '#shared/devices/commissioning.ts'
import { useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { tellCode, useFailureText, useFormat, useLookup } from '../../words.ts'
import classes from '../ConnectScreen.module.css'

type TestPanelProps = { id: string; onNext: () => void; onOver: () => void }

/** Reads everything once from the device that was just added, says how that went, and goes on. */
export function TestPanel({ id, onNext, onOver }: TestPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data: device } = useCall('devices.get', { id })
  const { data, error, isFetching, refetch } = useCall('devices.test', { id }, { onOpen: true })
  return (
    <Panel>
      <Stack gap="md">
        <div className={classes['head']} role="status">
          {isFetching ? null : data?.verdict === 'good' ? (
            <IconCircleCheck size={24} stroke={1.5} aria-hidden />
          ) : (
            <IconAlertTriangle size={24} stroke={1.5} aria-hidden />
          )}
          <div>
            <Title order={2}>{t('connect.added', { name: device?.name ?? '…' })}</Title>
            <Text c="dimmed">{isFetching ? t('test.running') : data ? t(`test.verdict.${data.verdict}`) : ''}</Text>
          </div>
        </div>
        {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
        {data && !isFetching && <Counts result={data} />}
        <Group>
          <Button component={Link} to={`/devices/${id}`} onClick={onOver}>
            {t('connect.openDevice')}
          </Button>
          <Button variant="default" onClick={onNext}>
            {t('connect.next')}
          </Button>
          <Button variant="subtle" loading={isFetching} onClick={() => void refetch()}>
            {t('test.again')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  )
}

/** The figures of a test, and why it went as it did. */
export function Counts({ result }: { result: ConnectionTest }) {
  const { t } = useTranslation()
  const format = useFormat()
  const lookup = useLookup('failures')
  const time = (value: number | null) => (value === null ? '–' : format.milliseconds(value))
  const figures = [
    [t('test.good'), format.number(result.good)],
    [t('test.fault'), format.number(result.fault)],
    [t('test.unserved'), format.number(result.unserved)],
    [t('test.lost'), format.number(result.lost)],
    [t('test.median'), time(result.answerMs)],
    [t('test.worst'), time(result.answerMsWorst)],
    [t('test.requests'), format.number(result.requests)],
    [t('test.cycle'), time(result.cycleMs)],
  ] as const
  return (
    <>
      <dl className={classes['counts']}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.failure && <Failed told={tellCode(result.failure.code, result.failure.params, lookup, t)} />}
    </>
  )
}
