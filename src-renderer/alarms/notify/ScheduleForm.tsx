import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { scheduleContentSchema, type Schedule, type ScheduleContent } from '#shared/alarms/notify.ts'
import { useAction } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'
import { HolidayFields } from './HolidayFields.tsx'
import { HoursFields } from './HoursFields.tsx'
import { WeekGrid } from './WeekGrid.tsx'

const fresh: ScheduleContent = { name: '', week: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '16:00' }], holidays: [] }

/** Makes or changes a schedule: stretches of hours on days of the week, and holidays. */
export function ScheduleForm({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const add = useAction('alarms.addSchedule')
  const save = useAction('alarms.changeSchedule')
  const [draft, setDraft] = useState<ScheduleContent>(() =>
    schedule ? { name: schedule.name, week: schedule.week, holidays: schedule.holidays } : fresh,
  )
  const [wrong, setWrong] = useState(false)
  const put = (words: Partial<ScheduleContent>) => setDraft((before) => ({ ...before, ...words }))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const parsed = scheduleContentSchema.safeParse(draft)
    setWrong(!parsed.success)
    if (!parsed.success) return
    if (schedule) save.mutate({ id: schedule.id, version: schedule.version, content: parsed.data }, { onSuccess: onClose })
    else add.mutate({ content: parsed.data }, { onSuccess: onClose })
  }
  const failure = add.error ?? save.error
  return (
    <Modal
      opened
      onClose={onClose}
      title={schedule ? schedule.name : t('alarms.notify.schedule.add')}
      size="lg"
      centered
      transitionProps={{ duration: 0 }}
      closeOnClickOutside={false}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
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
          {failure && <Failed told={tell(failure)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || save.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
