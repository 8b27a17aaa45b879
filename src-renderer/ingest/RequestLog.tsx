import { useState } from 'react'
import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gateway, IngestRequest } from '#shared/ingest/contract.ts'
import { useCall, useHost } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { tellCode, useFailureText, useFormat, useLookup } from '../words.ts'
import { useTallyText } from './tally-text.ts'
import classes from './RequestLog.module.css'

const everyMs = 2000

/** The last requests of a gateway and what was wrong with them; with a button that waits for the next one. */
export function RequestLog({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { now } = useHost()
  const [since, setSince] = useState<number | null>(null)
  const { data, error, refetch } = useCall('ingest.requests', { id: gateway.id }, { every: everyMs })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={4} />
  const arrived = since !== null && data.some(({ at }) => at >= since)
  return (
    <Stack gap="sm">
      <Group>
        <Button variant="default" loading={since !== null && !arrived} onClick={() => setSince(now())}>
          {t('ingest.test')}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {since === null ? t('ingest.testHint') : arrived ? t('ingest.testCame') : t('ingest.testWaits')}
        </Text>
      </Group>
      {data.length === 0 && <Text c="dimmed">{t('ingest.noRequests')}</Text>}
      {data.map((request, i) => (
        <RequestRow key={`${request.at} ${i}`} request={request} />
      ))}
    </Stack>
  )
}

function RequestRow({ request }: { request: IngestRequest }) {
  const { t } = useTranslation()
  const format = useFormat()
  const failures = useLookup('failures')
  const tally = useTallyText()
  const { at, from, status, problem, detail, type, bytes, body } = request
  const told = problem === null ? null : tellCode(problem, { reason: detail }, failures, t)
  return (
    <details className={classes['request']} data-refused={problem !== null || undefined}>
      <summary>
        <span className={classes['when']}>{format.timeSeconds(at)}</span> <strong>{status}</strong>{' '}
        {told ? told.title : request.tally ? tally(request.tally) : null}
      </summary>
      <Text size="sm" c="dimmed">
        {t('ingest.requestFrom', { from, type: type || '–', bytes: format.number(bytes) })}
      </Text>
      {detail !== '' && <Text size="sm">{detail}</Text>}
      {body !== '' && (
        <Code block className={classes['body']}>
          {body}
        </Code>
      )}
    </details>
  )
}
