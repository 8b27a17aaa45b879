import { Button, CloseButton, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Exception, ListDraft, ListFault } from './list-draft.ts'
import { useWeekdays, weekdays } from './weekdays.ts'

type Person = { id: string; name: string }
type RotaFieldsProps = {
  draft: ListDraft
  recipients: readonly Person[]
  faults: ReadonlySet<ListFault>
  onChange: (words: Partial<ListDraft>) => void
}

/** When a rota hands over, and who stands in for whom it would be. */
export function RotaFields({ draft, recipients, faults, onChange }: RotaFieldsProps) {
  const { t } = useTranslation()
  const days = useWeekdays()
  const { start, weekday, at, exceptions } = draft
  const change = (i: number, words: Partial<Exception>) =>
    onChange({ exceptions: exceptions.map((one, k) => (k === i ? { ...one, ...words } : one)) })
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('alarms.notify.list.weekday')}
          value={String(weekday)}
          data={weekdays.map((day) => ({ value: String(day), label: days.long(day) }))}
          onChange={(event) => onChange({ weekday: Number(event.currentTarget.value) })}
        />
        <TextInput
          label={t('alarms.notify.list.at')}
          type="time"
          value={at}
          error={faults.has('at')}
          onChange={(event) => onChange({ at: event.currentTarget.value })}
        />
        <TextInput
          label={t('alarms.notify.list.start')}
          type="date"
          value={start}
          error={faults.has('start')}
          onChange={(event) => onChange({ start: event.currentTarget.value })}
        />
      </Group>
      <Text size="sm" fw={500}>
        {t('alarms.notify.list.exceptions')}
      </Text>
      {exceptions.map((one, i) => (
        <Group key={i} gap="xs" align="flex-end">
          <TextInput
            label={t('alarms.notify.list.from')}
            type="datetime-local"
            value={one.from}
            error={faults.has('exceptions')}
            onChange={(event) => change(i, { from: event.currentTarget.value })}
          />
          <TextInput
            label={t('alarms.notify.list.to')}
            type="datetime-local"
            value={one.to}
            error={faults.has('exceptions')}
            onChange={(event) => change(i, { to: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('alarms.notify.list.who')}
            value={one.recipient}
            data={recipients.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => change(i, { recipient: event.currentTarget.value })}
          />
          <CloseButton
            aria-label={t('alarms.notify.list.dropException')}
            onClick={() => onChange({ exceptions: exceptions.filter((_, k) => k !== i) })}
          />
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.7} />}
          onClick={() =>
            onChange({ exceptions: [...exceptions, { from: `${start}T08:00`, to: `${start}T18:00`, recipient: recipients[0]?.id ?? '' }] })
          }
        >
          {t('alarms.notify.list.addException')}
        </Button>
      </Group>
    </Stack>
  )
}
