import { useState } from 'react'
import { Checkbox, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NotifyList } from '#shared/alarms/notify.ts'
import { createCalendar } from '#shared/calendar.ts'
import { useAction, useHost } from '../../host.ts'
import { useFormat } from '../../words.ts'
import { FormModal } from './FormModal.tsx'
import { contentOf, draftOf, type ListDraft, type ListFault } from './list-draft.ts'
import { MemberOrder } from './MemberOrder.tsx'
import { RotaFields } from './RotaFields.tsx'

type Person = { id: string; name: string }
type ListFormProps = { list: NotifyList | null; recipients: readonly Person[]; onClose: () => void }

/** Makes or changes a list: who is on it, and whether everybody is told or one after another. */
export function ListForm({ list, recipients, onClose }: ListFormProps) {
  const { t } = useTranslation()
  const { timeZone } = useFormat()
  const { now } = useHost()
  const add = useAction('alarms.addNotifyList')
  const save = useAction('alarms.changeNotifyList')
  const [draft, setDraft] = useState<ListDraft>(() => draftOf(list, createCalendar(timeZone).dateAt(now())))
  const [told, setTold] = useState<ReadonlySet<ListFault>>(new Set())
  const put = (words: Partial<ListDraft>) => setDraft((before) => ({ ...before, ...words }))
  const submit = () => {
    const made = contentOf(draft)
    if ('faults' in made) return setTold(made.faults)
    setTold(new Set())
    if (list) save.mutate({ id: list.id, version: list.version, content: made.content }, { onSuccess: onClose })
    else add.mutate({ content: made.content }, { onSuccess: onClose })
  }
  return (
    <FormModal
      title={list ? list.name : t('alarms.notify.list.add')}
      error={add.error ?? save.error}
      busy={add.isPending || save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('alarms.notify.list.name')}
        value={draft.name}
        maxLength={120}
        error={told.has('name') ? t('alarms.notify.recipient.fault.name') : undefined}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <Checkbox.Group label={t('alarms.notify.list.members')} value={[...draft.members]} onChange={(members) => put({ members })}>
        <Stack gap="xs" mt={4}>
          {recipients.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Switch
        label={t('alarms.notify.list.weekly')}
        description={t('alarms.notify.list.weeklyHint')}
        checked={draft.weekly}
        onChange={(event) => put({ weekly: event.currentTarget.checked })}
      />
      {draft.weekly && (
        <>
          <MemberOrder members={draft.members} recipients={recipients} onChange={(members) => put({ members })} />
          <RotaFields draft={draft} recipients={recipients} faults={told} onChange={put} />
        </>
      )}
      {told.size > 0 && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('alarms.notify.list.fault')}
        </Text>
      )}
    </FormModal>
  )
}
