import { useMemo } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconPlugConnectedX, IconRefresh, IconSettingsOff, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useDevice } from '../device-context.ts'
import { useCall } from '../host.ts'
import { grouped, pointMatches, usePointNames } from '../point-names.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { newestOf } from './newest.ts'
import { useSettingWrites } from './setting-writes.ts'
import { SettingRows } from './SettingRows.tsx'
import { isSchedule } from './schedule.ts'
import { WeekProgram } from './WeekProgram.tsx'
import classes from './ValuesTab.module.css'

/** All settings, read from the controller when the tab is opened. */
export function SettingsTab() {
  const { t } = useTranslation()
  const device = useDevice()
  const names = usePointNames()
  const format = useFormat()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const text = address['q'] ?? ''
  const offline = device.contact.state === 'offline'
  const settings = useMemo(
    () => device.points.filter(({ role, served, write }) => (role === 'setting' || write !== null) && served),
    [device.points],
  )
  const { data, error, isFetching, refetch } = useCall(
    'devices.readSettings',
    { id: device.id },
    { onOpen: true, enabled: settings.length > 0 && !offline },
  )
  const groups = useMemo(
    () =>
      grouped(
        settings.filter((point) => pointMatches(point, text, names)),
        names,
      ),
    [settings, text, names],
  )
  const changed = useCall('audit.settingChanges', { id: device.id })
  const changes = useMemo(() => new Map(changed.data?.map((change) => [change.point, change])), [changed.data])
  const counts = useCall('devices.writeCounts', { id: device.id })
  const writing = useSettingWrites(device.id)
  const readings = useMemo(() => newestOf(device.points, data ?? [], changes), [device.points, data, changes])
  if (settings.length === 0) return <Empty icon={IconSettingsOff} title={t('settings.none.title')} hint={t('settings.none.hint')} />
  if (!data && offline) return <Empty icon={IconPlugConnectedX} title={t('settings.noContact.title')} hint={t('settings.noContact.hint')} />
  if (!data && error) return <Failed told={tell(error)} onRetry={() => void refetch()} />
  if (!data) {
    return (
      <>
        <Text c="dimmed">{t('settings.reading')}</Text>
        <Loading rows={9} height={32} />
      </>
    )
  }
  // What was read back after a change is newer than the page.
  const readAt = data.reduce((oldest, { at }) => Math.min(oldest, at), Infinity)
  return (
    <>
      <Group mb="sm" justify="space-between">
        <SearchField label={t('settings.filter')} value={text} onChange={(q) => change({ q: q || undefined })} />
        <Group gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {isFetching ? t('settings.reading') : t('settings.readAt', { time: format.timeSeconds(readAt), date: format.date(readAt) })}
          </Text>
          <Button
            variant="default"
            size="xs"
            loading={isFetching}
            leftSection={<IconRefresh size={15} stroke={1.6} />}
            onClick={() => void refetch()}
          >
            {t('settings.readAgain')}
          </Button>
        </Group>
      </Group>
      {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {groups.length === 0 && <Empty icon={IconZoomQuestion} title={t('noMatch.title')} hint={t('noMatch.hint')} />}
      <div className={classes['groups']}>
        {groups.map((group) => (
          <Panel key={group.key} title={group.title} flush>
            <SettingRows
              device={device.id}
              points={group.points.filter(({ id }) => !isSchedule(id))}
              readings={readings}
              changes={changes}
              counts={counts.data}
              writing={writing}
            />
            <WeekProgram
              points={group.points.filter(({ id }) => isSchedule(id))}
              readings={readings}
              changes={changes}
              counts={counts.data}
              writing={writing}
            />
          </Panel>
        ))}
      </div>
    </>
  )
}
