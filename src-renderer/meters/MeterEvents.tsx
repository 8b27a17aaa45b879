import { Text, Timeline } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Meter, MeterEvent } from '#shared/meters/contract.ts'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText, useFormat } from '../words.ts'

/** What happened to a meter, newest first. */
export function MeterEvents({ meter }: { meter: Meter }) {
  const format = useFormat()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('meters.events', { id: meter.id })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={2} height={40} />
  return (
    <Timeline bulletSize={12} lineWidth={2} active={data.length}>
      {data.map((event, i) => (
        <Timeline.Item key={`${event.at} ${i}`} title={<EventText event={event} />}>
          <Text size="xs" c="dimmed">
            {format.dateTime(event.at)}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

function EventText({ event: { kind, detail } }: { event: MeterEvent }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [key, typeof value === 'number' ? format.number(value, 2) : (value ?? '–')]),
  )
  const moment = typeof detail['moment'] === 'number' ? format.dateTime(detail['moment']) : ''
  const reason = typeof detail['reason'] === 'string' && detail['reason'] !== '' ? ` ${detail['reason']}` : ''
  return (
    <Text size="sm" component="span">
      {t(`meters.events.${kind}`, { ...words, moment })}
      {reason}
    </Text>
  )
}
