import { Group } from '@mantine/core'
import { IconBuildingEstate, IconChartLine, IconMap2, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { createCalendar } from '#shared/calendar.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useActor, useCall } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { useFormat } from '../../words.ts'

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const

/** From an alarm to its device, its chart around that time, its place on the map and its rule. */
export function AlarmLinks({ row }: { row: AlarmRow }) {
  const { t } = useTranslation()
  const { timeZone } = useFormat()
  const { may } = useActor()
  const town = useTownPlace(row.device)
  const day = row.raisedAt === null ? undefined : createCalendar(timeZone).dateAt(row.raisedAt)
  const look = { size: 'compact-sm', variant: 'default' } as const
  return (
    <Group gap={6}>
      {row.device !== null && (
        <ButtonLink to="/devices/$id" params={{ id: row.device }} {...look} leftSection={<IconBuildingEstate {...icon} />}>
          {t('alarms.list.link.device')}
        </ButtonLink>
      )}
      {row.series !== null && (
        <ButtonLink to="/charts" search={{ series: String(row.series), date: day }} {...look} leftSection={<IconChartLine {...icon} />}>
          {t('alarms.list.link.chart')}
        </ButtonLink>
      )}
      {town !== null && (
        <ButtonLink to="/town" search={{ station: town }} {...look} leftSection={<IconMap2 {...icon} />}>
          {t('alarms.list.link.map')}
        </ButtonLink>
      )}
      {may('full') && (
        <ButtonLink to="/alarms/rules/edit" search={{ rule: row.rule }} {...look} leftSection={<IconSettings {...icon} />}>
          {t('alarms.list.link.rule')}
        </ButtonLink>
      )}
    </Group>
  )
}

/** The name under which a device stands on the map of the town; null when it does not. */
function useTownPlace(device: string | null): string | null {
  const status = useCall('simulator.status', {}, { enabled: device !== null })
  const town = useCall('simulator.town', {}, { enabled: device !== null && status.data?.running === true })
  return (status.data?.running && town.data?.stations.find((one) => one.device === device)?.name) || null
}
