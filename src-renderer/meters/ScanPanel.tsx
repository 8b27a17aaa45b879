import { useEffect, useState } from 'react'
import { Alert, Button, Group, NumberInput, Progress, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FoundMeterInfo } from '#shared/meters/contract.ts'
import { useAction, useCall, useJob } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { tellCode, useFailureText, useLookup } from '../words.ts'
import { lineOf, type LineDraft } from './line-draft.ts'
import { useMeterWords } from './meter-words.ts'
import classes from './MeterTable.module.css'

type ScanPanelProps = { draft: LineDraft; onFound: (found: FoundMeterInfo) => void }

/** Looks for all meters of a line, with how far it is and a way to stop it. */
export function ScanPanel({ draft, onFound }: ScanPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const failures = useLookup('failures')
  const [by, setBy] = useState<'primary' | 'secondary'>('secondary')
  const [range, setRange] = useState({ from: 0, to: 250 })
  const scan = useAction('meters.scan')
  const stop = useAction('meters.scanStop')
  const job = useJob('meters.scan')
  const { data, refetch } = useCall('meters.scanState', {}, { onOpen: true })
  const ended = job?.state
  useEffect(() => {
    void refetch()
  }, [ended, refetch])
  const line = lineOf(draft)
  const running = data?.state === 'running'
  const begin = () => line && scan.mutate({ ...line, by, ...range }, { onSuccess: () => void refetch() })
  return (
    <Stack gap="sm">
      <SegmentedControl
        value={by}
        disabled={running}
        onChange={(value) => setBy(value === 'primary' ? 'primary' : 'secondary')}
        data={[
          { value: 'secondary', label: t('meters.add.secondary') },
          { value: 'primary', label: t('meters.add.primary') },
        ]}
      />
      {by === 'primary' && (
        <Group grow>
          {(['from', 'to'] as const).map((end) => (
            <NumberInput
              key={end}
              label={t(`meters.scan.${end}`)}
              value={range[end]}
              min={0}
              max={250}
              onChange={(value) => typeof value === 'number' && setRange({ ...range, [end]: value })}
            />
          ))}
        </Group>
      )}
      <Text size="sm" c="dimmed">
        {t(`meters.scan.hint.${by}`)}
      </Text>
      {scan.error && <Failed told={tell(scan.error)} />}
      {running ? (
        <Group>
          <Progress value={job?.state === 'running' ? job.done : 0} flex={1} aria-label={t('meters.scan.progress')} />
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({}, { onSuccess: () => void refetch() })}>
            {t('meters.scan.stop')}
          </Button>
        </Group>
      ) : (
        <Group>
          <Button disabled={!line} loading={scan.isPending} onClick={begin}>
            {t('meters.scan.start')}
          </Button>
        </Group>
      )}
      {data?.state === 'failed' && data.failure && <Failed told={tellCode(data.failure.code, data.failure.params, failures, t)} />}
      {data?.state === 'done' && data.meters.length === 0 && <Alert color="gray">{t('meters.scan.none')}</Alert>}
      {data && data.meters.length > 0 && <FoundList meters={data.meters} onFound={onFound} />}
      {data && data.unclear.length > 0 && <Alert color="orange">{t('meters.scan.unclear', { list: data.unclear.join(', ') })}</Alert>}
    </Stack>
  )
}

function FoundList({ meters, onFound }: { meters: readonly FoundMeterInfo[]; onFound: (found: FoundMeterInfo) => void }) {
  const { t } = useTranslation()
  const words = useMeterWords()
  return (
    <div className={classes['records']}>
      <Table fz="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('meters.serial')}</Table.Th>
            <Table.Th>{t('meters.maker')}</Table.Th>
            <Table.Th>{t('meters.mediumName')}</Table.Th>
            <Table.Th>{t('meters.address')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {meters.map((found) => (
            <Table.Tr key={`${found.address.unit} ${found.address.member ?? ''}`}>
              <Table.Td>{found.telegram.identity.serial}</Table.Td>
              <Table.Td>{found.profile === null ? found.telegram.identity.maker : found.profileTitle}</Table.Td>
              <Table.Td>{words.medium(found.telegram.identity.medium)}</Table.Td>
              <Table.Td>{found.telegram.address}</Table.Td>
              <Table.Td ta="right">
                <Button size="compact-sm" variant="default" onClick={() => onFound(found)}>
                  {t('meters.scan.choose')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
