import { Button, CloseButton, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schedule } from '#shared/alarms/notify.ts'

type Holidays = Schedule['holidays']
const wholeDay = { from: '00:00', to: '24:00' }

/** Days that are not like their weekday: nobody is told on them, or only within their own hours, or all day. */
export function HolidayFields({ holidays, onChange }: { holidays: Holidays; onChange: (holidays: Holidays) => void }) {
  const { t } = useTranslation()
  const change = (i: number, words: Partial<Holidays[number]>) => onChange(holidays.map((one, k) => (k === i ? { ...one, ...words } : one)))
  return (
    <Stack gap="sm">
      <Text size="sm" fw={500}>
        {t('alarms.notify.schedule.holidayList')}
      </Text>
      {holidays.map((day, i) => {
        const [first] = day.hours
        const kind = !first ? 'quiet' : first.from === wholeDay.from && first.to === wholeDay.to ? 'whole' : 'own'
        return (
          <Group key={i} gap="xs" align="flex-end">
            <TextInput
              type="date"
              label={t('alarms.notify.schedule.date')}
              value={day.date}
              onChange={(event) => change(i, { date: event.currentTarget.value })}
            />
            <TextInput
              label={t('alarms.notify.schedule.holidayName')}
              value={day.name}
              maxLength={80}
              onChange={(event) => change(i, { name: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('alarms.notify.schedule.told')}
              value={kind}
              data={(['quiet', 'whole', 'own'] as const).map((value) => ({ value, label: t(`alarms.notify.schedule.holiday.${value}`) }))}
              onChange={({ currentTarget: { value } }) =>
                change(i, { hours: value === 'quiet' ? [] : value === 'whole' ? [wholeDay] : [{ from: '08:00', to: '12:00' }] })
              }
            />
            {kind === 'own' && first && (
              <>
                <TextInput
                  type="time"
                  label={t('alarms.notify.list.from')}
                  value={first.from}
                  onChange={(event) => change(i, { hours: [{ ...first, from: event.currentTarget.value }, ...day.hours.slice(1)] })}
                />
                <TextInput
                  type="time"
                  label={t('alarms.notify.list.to')}
                  value={first.to === '24:00' ? '00:00' : first.to}
                  onChange={({ currentTarget: { value } }) =>
                    change(i, { hours: [{ ...first, to: value === '00:00' ? '24:00' : value }, ...day.hours.slice(1)] })
                  }
                />
              </>
            )}
            <CloseButton
              aria-label={t('alarms.notify.schedule.dropHoliday')}
              onClick={() => onChange(holidays.filter((_, k) => k !== i))}
            />
          </Group>
        )
      })}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.7} />}
          onClick={() => onChange([...holidays, { date: '', name: '', hours: [] }])}
        >
          {t('alarms.notify.schedule.addHoliday')}
        </Button>
      </Group>
    </Stack>
  )
}
