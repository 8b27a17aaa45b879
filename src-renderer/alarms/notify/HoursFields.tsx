import { Button, Chip, CloseButton, Group, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schedule } from '#shared/alarms/notify.ts'
import { useWeekdays, weekdays } from './weekdays.ts'

type Week = Schedule['week']

/** Stretches of hours, each on the days that are pressed. An end at midnight is the end of the day. */
export function HoursFields({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const { t } = useTranslation()
  const days = useWeekdays()
  const change = (i: number, words: Partial<Week[number]>) => onChange(week.map((one, k) => (k === i ? { ...one, ...words } : one)))
  return (
    <Stack gap="sm">
      {week.map((hours, i) => (
        <Group key={i} gap="sm" align="flex-end">
          <Chip.Group
            multiple
            value={hours.days.map(String)}
            onChange={(chosen) => change(i, { days: chosen.map(Number).sort((a, b) => a - b) })}
          >
            <Group gap={4} role="group" aria-label={t('alarms.notify.schedule.days')}>
              {weekdays.map((day) => (
                <Chip key={day} size="xs" radius="sm" value={String(day)}>
                  {days.short(day)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Group gap={6} align="flex-end" wrap="nowrap">
            <TextInput
              type="time"
              label={t('alarms.notify.list.from')}
              value={hours.from}
              onChange={(event) => change(i, { from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('alarms.notify.list.to')}
              value={hours.to === '24:00' ? '00:00' : hours.to}
              onChange={({ currentTarget: { value } }) => change(i, { to: value === '00:00' ? '24:00' : value })}
            />
            <CloseButton aria-label={t('alarms.notify.schedule.dropHours')} onClick={() => onChange(week.filter((_, k) => k !== i))} />
          </Group>
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.7} />}
          onClick={() => onChange([...week, { days: [6, 7], from: '08:00', to: '12:00' }])}
        >
          {t('alarms.notify.schedule.addHours')}
        </Button>
      </Group>
    </Stack>
  )
}
