import { Group, Text, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Recipient } from '#shared/alarms/notify.ts'
import { useAction, useActor } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'
import classes from './Notify.module.css'

/** The browsers in which somebody is told by web push, each to be taken out. */
export function Browsers({ recipient: { id, browsers } }: { recipient: Recipient }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const remove = useAction('alarms.removeBrowser')
  if (browsers.length === 0) return null
  return (
    <Group gap={6}>
      <Text size="sm" c="dimmed">
        {t('alarms.notify.recipient.browsers')}
      </Text>
      {browsers.map((browser) => (
        <span key={browser.id} className={classes['chip']}>
          {browser.label}
          {may('basic') && (
            <UnstyledButton
              aria-label={t('alarms.notify.recipient.dropBrowser', { name: browser.label })}
              onClick={() => remove.mutate({ id, browser: browser.id })}
            >
              <IconX size={13} stroke={2} aria-hidden />
            </UnstyledButton>
          )}
        </span>
      ))}
      {remove.error && <Failed told={tell(remove.error)} />}
    </Group>
  )
}
