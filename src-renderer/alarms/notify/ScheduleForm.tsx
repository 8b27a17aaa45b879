import { useState } from 'react'
import { Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { scheduleContentSchema, type Schedule, type ScheduleContent } from '#shared/alarms/notify.ts'
import { useAction } from '../../host.ts'
import { FormModal } from './FormModal.tsx'
import { HolidayFields } from './HolidayFields.tsx'
import { HoursFields } from './HoursFields.tsx'
import { WeekGrid } from './WeekGrid.tsx'

const fresh: ScheduleContent = { name: '', week: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '16:00' }], holidays: [] }

/** Makes or changes a schedule: stretches of hours on days of the week, and holidays. */
export function ScheduleForm({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const { t } = useTranslation()
  const add = useAction('alarms.addSchedule')
  const save = useAction('alarms.changeSchedule')
  const [draft, setDraft] = useState<ScheduleContent>(() =>
    schedule ? { name: schedule.name, week: schedule.week, holidays: schedule.holidays } : fresh,
  )
  const [wrong, setWrong] = useState(false)
  const put = (words: Partial<ScheduleContent>) => setDraft((before) => ({ ...before, ...words }))
  const submit = () => {
    const parsed = scheduleContentSchema.safeParse(draft)
    setWrong(!parsed.success)
    if (!parsed.success) return
    if (schedule) save.mutate({ id: schedule.id, version: schedule.version, content: parsed.data }, { onSuccess: onClose })
    else add.mutate({ content: parsed.data }, { onSuccess: onClose })
  }
  return (
    <FormModal
      title={schedule ? schedule.name : t('alarms.notify.schedule.add')}
      error={add.error ?? save.error}
      busy={add.isPending || save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('alarms.notify.schedule.name')}
        value={draft.name}
        maxLength={120}
        error={wrong && draft.name.trim() === '' ? t('alarms.notify.recipient.fault.name') : undefined}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <HoursFields week={draft.week} onChange={(week) => put({ week })} />
      <WeekGrid week={draft.week} />
      <HolidayFields holidays={draft.holidays} onChange={(holidays) => put({ holidays })} />
      {wrong && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('alarms.notify.schedule.fault')}
        </Text>
      )}
    </FormModal>
  )
}
