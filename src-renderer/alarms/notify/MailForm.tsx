import { useState } from 'react'
import { Checkbox, Group, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { mailSchema, mailSecurities, type ChannelSettings } from '#shared/alarms/notify.ts'
import { useAction } from '../../host.ts'
import { ChannelPanel } from './ChannelPanel.tsx'
import { SecretField, secretOf, type SecretDraft } from './SecretField.tsx'

type Mail = ChannelSettings['mail']
const usualPorts = { none: 25, starttls: 587, tls: 465 } as const

/** The mail server that messages leave through. */
export function MailForm({ settings, locked }: { settings: Mail; locked: boolean }) {
  const { t } = useTranslation()
  const save = useAction('alarms.setMail')
  const [draft, setDraft] = useState<Mail>(settings)
  const [secret, setSecret] = useState<SecretDraft>('')
  const [fault, setFault] = useState<string | null>(null)
  const put = (words: Partial<Mail>) => setDraft((before) => ({ ...before, ...words }))
  const changed = JSON.stringify(draft) !== JSON.stringify(settings) || secret !== ''
  const store = () => {
    const { secretSet: _kept, ...content } = draft
    const password = secretOf(secret)
    const parsed = mailSchema.safeParse({ ...content, ...(password === undefined ? {} : { password }) })
    const lacking = draft.on && (draft.host.trim() === '' || draft.from.trim() === '')
    setFault(!parsed.success || lacking ? t('alarms.notify.mail.fault') : null)
    if (!parsed.success || lacking) return
    save.mutate(parsed.data, {
      onSuccess: (now) => {
        setDraft(now.mail)
        setSecret('')
      },
    })
  }
  return (
    <ChannelPanel
      title={t('alarms.notify.channel.email')}
      locked={locked}
      changed={changed}
      saved={save.isSuccess}
      busy={save.isPending}
      error={save.error}
      fault={fault}
      onSave={store}
    >
      <Switch label={t('alarms.notify.mail.on')} checked={draft.on} onChange={(event) => put({ on: event.currentTarget.checked })} />
      <TextInput label={t('alarms.notify.mail.host')} value={draft.host} onChange={(event) => put({ host: event.currentTarget.value })} />
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('alarms.notify.mail.security')}
          value={draft.security}
          data={mailSecurities.map((value) => ({ value, label: t(`alarms.notify.mail.secure.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            const security = mailSecurities.find((one) => one === value) ?? 'starttls'
            put({ security, ...(draft.port === usualPorts[draft.security] ? { port: usualPorts[security] } : {}) })
          }}
        />
        <NumberInput
          label={t('alarms.notify.mail.port')}
          value={draft.port}
          min={1}
          max={65_535}
          allowDecimal={false}
          w={110}
          onChange={(port) => put({ port: Number(port) })}
        />
      </Group>
      <TextInput
        label={t('alarms.notify.mail.user')}
        description={t('alarms.notify.mail.userHint')}
        value={draft.user}
        autoComplete="off"
        onChange={(event) => put({ user: event.currentTarget.value })}
      />
      <SecretField label={t('alarms.notify.mail.password')} kept={draft.secretSet} value={secret} onChange={setSecret} />
      <TextInput
        label={t('alarms.notify.mail.from')}
        description={t('alarms.notify.mail.fromHint')}
        value={draft.from}
        onChange={(event) => put({ from: event.currentTarget.value })}
      />
      <Checkbox
        label={t('alarms.notify.mail.check')}
        description={t('alarms.notify.mail.checkHint')}
        checked={draft.checkCertificate}
        onChange={(event) => put({ checkCertificate: event.currentTarget.checked })}
      />
    </ChannelPanel>
  )
}
