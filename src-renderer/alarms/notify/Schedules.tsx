import { useState } from 'react'
import { Badge, Button, Group, Text } from '@mantine/core'
import { IconCalendarTime, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schedule } from '#shared/alarms/notify.ts'
import { useActor, useCall } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { RemoveButton } from './RemoveButton.tsx'
import { ScheduleForm } from './ScheduleForm.tsx'
import { WeekGrid } from './WeekGrid.tsx'
import classes from './Notify.module.css'

/** When people are told at all: hours of the week, and holidays that have their own. */
export function Schedules() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const { may } = useActor()
  const { data, error, refetch } = useCall('alarms.notifyNames', {}, { every: 60_000 })
  const [open, setOpen] = useState<Schedule | 'new' | null>(null)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={3} height={90} />
  const add = may('full') && (
    <Button leftSection={<IconPlus size={16} stroke={1.7} />} onClick={() => setOpen('new')}>
      {t('alarms.notify.schedule.add')}
    </Button>
  )
  return (
    <>
      {data.schedules.length === 0 ? (
        <Empty icon={IconCalendarTime} title={t('alarms.notify.schedule.none')} hint={t('alarms.notify.schedule.noneHint')}>
          {add}
        </Empty>
      ) : (
        <Panel title={t('alarms.notify.part.schedules')} flush actions={add}>
          <ul className={classes['list']}>
            {data.schedules.map((schedule) => (
              <li key={schedule.id} className={classes['row']} data-schedule={schedule.name}>
                <div className={classes['words']}>
                  <Group gap="xs">
                    <Text fw={600}>{schedule.name}</Text>
                    <Badge variant="default" radius="sm" tt="none">
                      {t(schedule.activeNow ? 'alarms.notify.schedule.active' : 'alarms.notify.schedule.quiet')}
                    </Badge>
                    {schedule.nextChange !== null && (
                      <Text size="sm" c="dimmed">
                        {t('alarms.notify.list.until', { until: format.dateTime(schedule.nextChange) })}
                      </Text>
                    )}
                  </Group>
                  <WeekGrid week={schedule.week} />
                  {schedule.holidays.length > 0 && (
                    <Text size="sm" c="dimmed">
                      {t('alarms.notify.schedule.holidays', { count: schedule.holidays.length })}
                    </Text>
                  )}
                </div>
                {may('full') && (
                  <Group gap="xs">
                    <Button size="xs" variant="default" onClick={() => setOpen(schedule)}>
                      {t('alarms.notify.change')}
                    </Button>
                    <RemoveButton operation="alarms.removeSchedule" id={schedule.id} name={schedule.name} />
                  </Group>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {open !== null && <ScheduleForm schedule={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}
