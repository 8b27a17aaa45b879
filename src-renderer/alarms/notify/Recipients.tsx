import { useState } from 'react'
import { Badge, Button, Group, Text } from '@mantine/core'
import { IconPlus, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Recipient } from '#shared/alarms/notify.ts'
import { useActor, useCall } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { Browsers } from './Browsers.tsx'
import { RecipientForm } from './RecipientForm.tsx'
import { RemoveButton } from './RemoveButton.tsx'
import { TestMessages } from './TestMessages.tsx'
import classes from './Notify.module.css'

/** People and programs that can be told, with their ways and a test of each. */
export function Recipients() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('alarms.recipients', {})
  const [open, setOpen] = useState<Recipient | 'new' | null>(null)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={4} height={56} />
  const add = may('full') && (
    <Button leftSection={<IconPlus size={16} stroke={1.7} />} onClick={() => setOpen('new')}>
      {t('alarms.notify.recipient.add')}
    </Button>
  )
  return (
    <>
      {data.length === 0 ? (
        <Empty icon={IconUserPlus} title={t('alarms.notify.recipient.none')} hint={t('alarms.notify.recipient.noneHint')}>
          {add}
        </Empty>
      ) : (
        <Panel title={t('alarms.notify.part.recipients')} flush actions={add}>
          <ul className={classes['list']}>
            {data.map((recipient) => (
              <RecipientRow key={recipient.id} recipient={recipient} onChange={() => setOpen(recipient)} />
            ))}
          </ul>
        </Panel>
      )}
      {open !== null && <RecipientForm recipient={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

function RecipientRow({ recipient, onChange }: { recipient: Recipient; onChange: () => void }) {
  const { t } = useTranslation()
  const { may } = useActor()
  const { name, email, sms, webhook, active, alsoResolved, language, browsers } = recipient
  const ways = [email, sms, webhook].filter((one) => one !== null)
  return (
    <li className={classes['row']} data-recipient={name}>
      <div className={classes['words']}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {!active && (
            <Badge variant="default" radius="sm" tt="none">
              {t('alarms.notify.recipient.away')}
            </Badge>
          )}
        </Group>
        <Text size="sm" className={classes['ways'] ?? ''}>
          {ways.length === 0 && browsers.length === 0 ? t('alarms.notify.recipient.noWay') : ways.join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {[language, t(alsoResolved ? 'alarms.notify.recipient.resolvedToo' : 'alarms.notify.recipient.raisedOnly')].join(' · ')}
        </Text>
        <Browsers recipient={recipient} />
        {may('full') && <TestMessages recipient={recipient} />}
      </div>
      {may('full') && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onChange}>
            {t('alarms.notify.change')}
          </Button>
          <RemoveButton operation="alarms.removeRecipient" id={recipient.id} name={name} />
        </Group>
      )}
    </li>
  )
}
