import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NotifyList } from '#shared/alarms/notify.ts'
import { useCall } from '../../host.ts'
import { useFormat } from '../../words.ts'

/** Who of a list would be told now, until when, and who is next. */
export function OnCall({ list }: { list: NotifyList }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useCall('alarms.onCall', {}, { every: 60_000 })
  const now = data?.find((one) => one.list === list.id)
  const at = now?.until ?? null
  const after = useCall('alarms.onCall', { at: at ?? 0 }, { enabled: at !== null })
  const next = after.data?.find((one) => one.list === list.id)
  if (!now) return null
  const names = (people: readonly { name: string }[]) =>
    people.length === 0 ? t('alarms.notify.list.nobody') : people.map(({ name }) => name).join(', ')
  return (
    <Text size="sm" component="div">
      <strong>{t('alarms.notify.list.now', { names: names(now.recipients) })}</strong>
      {now.standIn && ` ${t('alarms.notify.list.standIn')}`}
      {at !== null && ` ${t('alarms.notify.list.until', { until: format.dateTime(at) })}`}
      {next && ` ${t('alarms.notify.list.next', { names: names(next.recipients) })}`}
    </Text>
  )
}
