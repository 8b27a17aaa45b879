import { useMemo } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDevice } from '../device-context.ts'
import { newestOf } from '../devices/newest.ts'
import { useSettingWrites } from '../devices/setting-writes.ts'
import { SettingRows } from '../devices/SettingRows.tsx'
import { useCall } from '../host.ts'
import { grouped, usePointNames } from '../point-names.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { alarmSettings } from './points.ts'
import classes from './Device.module.css'

/** The limits by which the controller decides on its own alarms, read from it and changed in it. */
export function ControllerSettings() {
  const { t } = useTranslation()
  const device = useDevice()
  const names = usePointNames()
  const settings = useMemo(() => alarmSettings(device.points), [device.points])
  const groups = useMemo(() => grouped(settings, names), [settings, names])
  const tell = useFailureText()
  const format = useFormat()
  const offline = device.contact.state === 'offline'
  const { data, error, isFetching, refetch } = useCall(
    'devices.readSettings',
    { id: device.id },
    { onOpen: true, enabled: settings.length > 0 && !offline },
  )
  const changed = useCall('audit.settingChanges', { id: device.id })
  const changes = useMemo(() => new Map(changed.data?.map((change) => [change.point, change])), [changed.data])
  const counts = useCall('devices.writeCounts', { id: device.id })
  const writing = useSettingWrites(device.id)
  const readings = useMemo(() => newestOf(device.points, data ?? [], changes), [device.points, data, changes])
  if (settings.length === 0) return null
  const readAt = data?.reduce((oldest, { at }) => Math.min(oldest, at), Infinity)
  return (
    <Panel
      title={t('alarms.device.settings.title')}
      flush
      actions={
        readAt !== undefined && (
          <Group gap="xs">
            <Text size="xs" c="dimmed" role="status">
              {isFetching ? t('settings.reading') : t('settings.readAt', { time: format.timeSeconds(readAt), date: format.date(readAt) })}
            </Text>
            <Button
              variant="default"
              size="compact-xs"
              loading={isFetching}
              leftSection={<IconRefresh size={13} stroke={1.6} />}
              onClick={() => void refetch()}
            >
              {t('settings.readAgain')}
            </Button>
          </Group>
        )
      }
    >
      <Text size="sm" c="dimmed" className={classes['note'] ?? ''}>
        {t('alarms.device.settings.note')}
      </Text>
      {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!data && offline && (
        <Text size="sm" className={classes['note'] ?? ''}>
          {t('settings.noContact.hint')}
        </Text>
      )}
      {!data && !error && !offline && <Loading rows={3} height={28} />}
      {data &&
        groups.map((group) => (
          <section key={group.key} aria-label={group.title}>
            <Text size="sm" fw={600} className={classes['group'] ?? ''}>
              {group.title}
            </Text>
            <SettingRows
              device={device.id}
              points={group.points}
              readings={readings}
              changes={changes}
              counts={counts.data}
              writing={writing}
            />
          </section>
        ))}
    </Panel>
  )
}
