import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconTool } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDevice } from '../device-context.ts'
import { useAction, useActor, useCall, useHost, useNow } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './Device.module.css'

const hours = [1, 2, 4, 8, 24, 72, 168] as const
const hourMs = 3_600_000

/** Says that somebody works on the device: its alarms are held back until then, or until it is ended here. */
export function Maintenance() {
  const { t } = useTranslation()
  const device = useDevice()
  const format = useFormat()
  const tell = useFailureText()
  const now = useNow()
  const { may } = useActor()
  const { data } = useCall('alarms.maintenance', {})
  const end = useAction('alarms.maintain')
  const [asking, setAsking] = useState(false)
  const work = data?.find((one) => one.device === device.id && one.until > now)
  return (
    <div className={classes['work']} data-on={work ? true : undefined}>
      <IconTool size={18} stroke={1.6} aria-hidden />
      <div className={classes['words']}>
        <Text size="sm" fw={work ? 600 : 400} role="status">
          {work ? t('alarms.device.work.on', { until: format.dateTime(work.until) }) : t('alarms.device.work.off')}
        </Text>
        {work && (
          <Text size="sm" c="dimmed">
            {[t('alarms.device.work.by', { who: work.by, since: format.dateTime(work.since) }), work.reason].filter(Boolean).join(' · ')}
          </Text>
        )}
        {end.error && <Failed told={tell(end.error)} />}
      </div>
      {may('basic') &&
        (work ? (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t('alarms.device.work.longer')}
            </Button>
            <Button size="xs" loading={end.isPending} onClick={() => end.mutate({ device: device.id, until: null })}>
              {t('alarms.device.work.end')}
            </Button>
          </Group>
        ) : (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('alarms.device.work.begin')}
          </Button>
        ))}
      {asking && <WorkDialog reason={work?.reason ?? ''} onClose={() => setAsking(false)} />}
    </div>
  )
}

function WorkDialog({ reason: before, onClose }: { reason: string; onClose: () => void }) {
  const { t } = useTranslation()
  const device = useDevice()
  const tell = useFailureText()
  const host = useHost()
  const start = useAction('alarms.maintain')
  const [span, setSpan] = useState<string>('2')
  const [reason, setReason] = useState(before)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    start.mutate({ device: device.id, until: host.now() + Number(span) * hourMs, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t('alarms.device.work.title', { name: device.name })} centered transitionProps={{ duration: 0 }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('alarms.device.work.hint')}</Text>
          <Select
            label={t('alarms.device.work.span')}
            data={hours.map((count) => ({
              value: String(count),
              label: count < 24 ? t('alarms.device.work.hours', { count }) : t('alarms.device.work.days', { count: count / 24 }),
            }))}
            value={span}
            onChange={(value) => setSpan(value ?? '2')}
            allowDeselect={false}
            data-autofocus
          />
          <TextInput
            label={t('alarms.device.work.reason')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {start.error && <Failed told={tell(start.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={start.isPending}>
              {t('alarms.device.work.begin')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
