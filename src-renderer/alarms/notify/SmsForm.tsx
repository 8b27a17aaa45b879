import { useState } from 'react'
import { Code, Group, NativeSelect, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { smsSchema, type ChannelSettings } from '#shared/alarms/notify.ts'
import { useAction } from '../../host.ts'
import { ChannelPanel } from './ChannelPanel.tsx'
import { headersOf, headerText } from './headers.ts'
import { SecretField, secretOf, type SecretDraft } from './SecretField.tsx'

type Sms = ChannelSettings['sms']
const methods = ['GET', 'POST', 'PUT'] as const
const escapes = ['json', 'url', 'none'] as const
const places = ['{{number}}', '{{text}}', '{{secret}}'] as const

/** The gateway that is asked over HTTP to send an SMS. */
export function SmsForm({ settings, locked }: { settings: Sms; locked: boolean }) {
  const { t } = useTranslation()
  const save = useAction('alarms.setSms')
  const [draft, setDraft] = useState<Sms>(settings)
  const [headers, setHeaders] = useState(headerText(settings.headers))
  const [secret, setSecret] = useState<SecretDraft>('')
  const [fault, setFault] = useState<string | null>(null)
  const put = (words: Partial<Sms>) => setDraft((before) => ({ ...before, ...words }))
  const changed = JSON.stringify(draft) !== JSON.stringify(settings) || secret !== '' || headers !== headerText(settings.headers)
  const store = () => {
    const { secretSet: _kept, ...content } = draft
    const token = secretOf(secret)
    const parsed = smsSchema.safeParse({ ...content, headers: headersOf(headers), ...(token === undefined ? {} : { secret: token }) })
    const lacking = draft.on && !/^https?:\/\//.test(draft.url.trim())
    setFault(!parsed.success || lacking ? t('alarms.notify.sms.fault') : null)
    if (!parsed.success || lacking) return
    save.mutate(parsed.data, {
      onSuccess: (now) => {
        setDraft(now.sms)
        setHeaders(headerText(now.sms.headers))
        setSecret('')
      },
    })
  }
  return (
    <ChannelPanel
      title={t('alarms.notify.channel.sms')}
      locked={locked}
      changed={changed}
      saved={save.isSuccess}
      busy={save.isPending}
      error={save.error}
      fault={fault}
      onSave={store}
    >
      <Switch label={t('alarms.notify.sms.on')} checked={draft.on} onChange={(event) => put({ on: event.currentTarget.checked })} />
      <Text size="sm" c="dimmed" component="div">
        {t('alarms.notify.sms.places')}{' '}
        {places.map((place) => (
          <Code key={place}>{place}</Code>
        ))}
      </Text>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('alarms.notify.sms.method')}
          value={draft.method}
          data={[...methods]}
          onChange={({ currentTarget: { value } }) => put({ method: methods.find((one) => one === value) ?? 'POST' })}
        />
        <TextInput
          style={{ flex: '1 1 200px' }}
          label={t('alarms.notify.sms.url')}
          value={draft.url}
          onChange={(event) => put({ url: event.currentTarget.value })}
        />
      </Group>
      <Textarea
        label={t('alarms.notify.sms.headers')}
        description={t('alarms.notify.sms.headersHint')}
        value={headers}
        autosize
        minRows={2}
        onChange={(event) => setHeaders(event.currentTarget.value)}
      />
      {draft.method !== 'GET' && (
        <>
          <Textarea
            label={t('alarms.notify.sms.body')}
            value={draft.body}
            autosize
            minRows={3}
            onChange={(event) => put({ body: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('alarms.notify.sms.escape')}
            value={draft.escape}
            data={escapes.map((value) => ({ value, label: t(`alarms.notify.sms.escapes.${value}`) }))}
            onChange={({ currentTarget: { value } }) => put({ escape: escapes.find((one) => one === value) ?? 'json' })}
          />
        </>
      )}
      <SecretField label={t('alarms.notify.sms.secret')} kept={draft.secretSet} value={secret} onChange={setSecret} />
      <TextInput
        label={t('alarms.notify.sms.success')}
        description={t('alarms.notify.sms.successHint')}
        value={draft.success}
        onChange={(event) => put({ success: event.currentTarget.value })}
      />
    </ChannelPanel>
  )
}
