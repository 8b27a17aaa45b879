import { Button, Group, Progress as Bar, Stack, Text } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Address } from '#shared/acquisition/port.ts'
import type { Scan } from '#shared/commissioning/contract.ts'
import { useAction, useCall } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import classes from '../ConnectScreen.module.css'
import { ScanForm } from './ScanForm.tsx'
import { ScanHitRow } from './ScanHitRow.tsx'

const lookEveryMs = 1000

/** Looks for controllers on a line or in a network, and keeps what was found until it is thrown away. */
export function ScanPanel({ onConnect }: { onConnect: (address: Address) => void }) {
  const tell = useFailureText()
  const { data, error, refetch } = useCall('commissioning.scan', {}, { every: lookEveryMs })
  const start = useAction('commissioning.startScan')
  const again = () => void refetch()
  const running = data?.state === 'running'
  return (
    <div className={classes['columns']}>
      <ScanForm
        busy={running || start.isPending}
        failure={start.error ? tell(start.error) : null}
        onStart={(input) => start.mutate(input, { onSuccess: again })}
      />
      <div className={classes['answer']}>
        {error && <Failed told={tell(error)} onRetry={again} />}
        {data === undefined && !error && <Loading rows={3} height={44} />}
        {data && <Found scan={data} onConnect={onConnect} onChanged={again} />}
        {data === null && <Nothing />}
      </div>
    </div>
  )
}

function Nothing() {
  const { t } = useTranslation()
  return (
    <Panel>
      <Empty icon={IconRadar2} title={t('scan.nothing.title')} hint={t('scan.nothing.hint')} />
    </Panel>
  )
}

function Found({ scan, onConnect, onChanged }: { scan: Scan; onConnect: (address: Address) => void; onChanged: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const cancel = useAction('commissioning.cancelScan')
  const forget = useAction('commissioning.forgetScan')
  const gather = useAction('commissioning.scanTable')
  const navigate = useNavigate()
  const running = scan.state === 'running'
  const fresh = scan.hits.filter(({ finding, device }) => finding && !device).length
  return (
    <Panel flush>
      <Stack gap="xs" p="md">
        <Group justify="space-between">
          <Text fw={600} role="status">
            {t(`scan.state.${scan.state}`, { asked: scan.asked, total: scan.total })}
          </Text>
          {running ? (
            <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({}, { onSuccess: onChanged })}>
              {t('cancel')}
            </Button>
          ) : (
            <Button size="xs" variant="subtle" loading={forget.isPending} onClick={() => forget.mutate({}, { onSuccess: onChanged })}>
              {t('scan.forget')}
            </Button>
          )}
        </Group>
        {running && <Bar value={(100 * scan.asked) / Math.max(1, scan.total)} aria-label={t('scan.progress')} transitionDuration={200} />}
        {!running && fresh > 1 && (
          <Group>
            <Button
              size="xs"
              variant="default"
              loading={gather.isPending}
              onClick={() => gather.mutate({}, { onSuccess: ({ id }) => void navigate({ to: '/connect/table', search: { run: id } }) })}
            >
              {t('scan.connectAll', { count: fresh })}
            </Button>
          </Group>
        )}
        <Text size="sm" c="dimmed">
          {t('scan.found', { count: fresh })}
          {scan.leftMs !== null && ` ${t('scan.left', { span: format.span(scan.leftMs) })}`}
        </Text>
      </Stack>
      {scan.hits.length > 0 && (
        <ul className={classes['hits']} aria-label={t('scan.hits')}>
          {scan.hits.map((hit) => (
            <ScanHitRow key={`${hit.address.host} ${hit.address.port} ${hit.address.unit}`} hit={hit} onConnect={onConnect} />
          ))}
        </ul>
      )}
    </Panel>
  )
}
