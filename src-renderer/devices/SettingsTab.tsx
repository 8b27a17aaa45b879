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
  const settings = useMemo(() => device.points.filter(({ role, served }) => role === 'setting' && served), [device.points])
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
  const readings = useMemo(() => new Map(data?.map((reading) => [reading.series, reading])), [data])
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
  const readAt = data.reduce((newest, { at }) => Math.max(newest, at), 0)
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
            <SettingRows points={group.points.filter(({ id }) => !isSchedule(id))} readings={readings} />
            <WeekProgram points={group.points.filter(({ id }) => isSchedule(id))} readings={readings} />
          </Panel>
        ))}
      </div>
    </>
  )
}
