import { useState } from 'react'
import { PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Recipient } from '#shared/alarms/notify.ts'
import { useAction, useCall } from '../../host.ts'
import { FormModal } from './FormModal.tsx'
import { contentOf, draftOf, type Field, type RecipientDraft } from './recipient-draft.ts'

/** Adds or changes somebody, or a program, that is told. */
export function RecipientForm({ recipient, onClose }: { recipient: Recipient | null; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const names = useCall('alarms.notifyNames', {})
  const add = useAction('alarms.addRecipient')
  const save = useAction('alarms.changeRecipient')
  const [draft, setDraft] = useState<RecipientDraft>(() => draftOf(recipient, i18n.language))
  const [secret, setSecret] = useState('')
  const [told, setTold] = useState<ReadonlySet<Field>>(new Set())
  const put = (words: Partial<RecipientDraft>) => setDraft((before) => ({ ...before, ...words }))
  const languages = [...new Set([...(names.data?.languages ?? []), draft.language])]
  const native = new Intl.DisplayNames([i18n.language], { type: 'language' })
  const text = (field: Field, extra: { hint?: string; type?: string } = {}) => (
    <TextInput
      label={t(`alarms.notify.recipient.${field}`)}
      {...(extra.hint === undefined ? {} : { description: extra.hint })}
      {...(extra.type === undefined ? {} : { type: extra.type })}
      value={draft[field]}
      error={told.has(field) ? t(`alarms.notify.recipient.fault.${field}`) : undefined}
      onChange={(event) => put({ [field]: event.currentTarget.value })}
    />
  )
  const submit = () => {
    const made = contentOf(draft)
    if ('faults' in made) return setTold(made.faults)
    setTold(new Set())
    const kept = secret === '' ? {} : { secret }
    if (recipient) save.mutate({ id: recipient.id, version: recipient.version, content: made.content, ...kept }, { onSuccess: onClose })
    else add.mutate({ content: made.content, ...kept }, { onSuccess: onClose })
  }
  return (
    <FormModal
      title={recipient ? recipient.name : t('alarms.notify.recipient.add')}
      error={add.error ?? save.error}
      busy={add.isPending || save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {text('name')}
      {text('email', { type: 'email' })}
      {text('sms', { hint: t('alarms.notify.recipient.smsHint'), type: 'tel' })}
      {text('webhook', { hint: t('alarms.notify.recipient.webhookHint') })}
      {draft.webhook.trim() !== '' && (
        <PasswordInput
          label={t('alarms.notify.recipient.secret')}
          description={t(recipient?.secretSet ? 'alarms.notify.secretKept' : 'alarms.notify.recipient.secretHint')}
          value={secret}
          maxLength={500}
          autoComplete="new-password"
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      )}
      <Select
        label={t('alarms.notify.recipient.language')}
        data={languages.map((value) => ({ value, label: native.of(value) ?? value }))}
        value={draft.language}
        onChange={(value) => value && put({ language: value })}
        allowDeselect={false}
      />
      <Switch
        label={t('alarms.notify.recipient.alsoResolved')}
        checked={draft.alsoResolved}
        onChange={(event) => put({ alsoResolved: event.currentTarget.checked })}
      />
      <Switch
        label={t('alarms.notify.recipient.active')}
        description={t('alarms.notify.recipient.activeHint')}
        checked={draft.active}
        onChange={(event) => put({ active: event.currentTarget.checked })}
      />
    </FormModal>
  )
}
