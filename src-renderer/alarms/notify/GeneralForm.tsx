import { useState } from 'react'
import { NumberInput, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { generalSchema, type ChannelSettings } from '#shared/alarms/notify.ts'
import { useAction } from '../../host.ts'
import { ChannelPanel } from './ChannelPanel.tsx'

type General = ChannelSettings['general']

/** What is the same for all ways: the address in messages, when they are gathered, and web push. */
export function GeneralForm({ settings, locked }: { settings: General; locked: boolean }) {
  const { t } = useTranslation()
  const save = useAction('alarms.setGeneral')
  const [draft, setDraft] = useState<General>(settings)
  const [fault, setFault] = useState<string | null>(null)
  const put = (words: Partial<General>) => setDraft((before) => ({ ...before, ...words }))
  const store = () => {
    const parsed = generalSchema.safeParse(draft)
    setFault(parsed.success ? null : t('alarms.notify.general.fault'))
    if (parsed.success) save.mutate(parsed.data, { onSuccess: (now) => setDraft(now.general) })
  }
  return (
    <ChannelPanel
      title={t('alarms.notify.general.title')}
      locked={locked}
      changed={JSON.stringify(draft) !== JSON.stringify(settings)}
      saved={save.isSuccess}
      busy={save.isPending}
      error={save.error}
      fault={fault}
      onSave={store}
    >
      <TextInput
        label={t('alarms.notify.general.address')}
        description={t('alarms.notify.general.addressHint')}
        value={draft.address}
        onChange={(event) => put({ address: event.currentTarget.value })}
      />
      <NumberInput
        label={t('alarms.notify.general.most')}
        description={t('alarms.notify.general.mostHint')}
        value={draft.mostInTenMinutes}
        min={2}
        max={100}
        allowDecimal={false}
        onChange={(count) => put({ mostInTenMinutes: Number(count) })}
      />
      <Switch
        label={t('alarms.notify.general.push')}
        description={t('alarms.notify.general.pushHint')}
        checked={draft.push}
        onChange={(event) => put({ push: event.currentTarget.checked })}
      />
    </ChannelPanel>
  )
}
