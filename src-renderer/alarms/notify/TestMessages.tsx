import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Channel, Recipient } from '#shared/alarms/notify.ts'
import { useAction } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText, useFormat } from '../../words.ts'

/** A test message on each way of a recipient, with what came of it in plain words. */
export function TestMessages({ recipient }: { recipient: Recipient }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const test = useAction('alarms.notifyTest')
  const ways: readonly [Channel, boolean][] = [
    ['email', recipient.email !== null],
    ['sms', recipient.sms !== null],
    ['webhook', recipient.webhook !== null],
    ['push', recipient.browsers.length > 0],
  ]
  const shown = ways.filter(([, has]) => has)
  if (shown.length === 0) return null
  const result = test.data
  return (
    <div>
      <Group gap={6} mt={4}>
        {shown.map(([channel]) => (
          <Button
            key={channel}
            size="compact-xs"
            variant="default"
            loading={test.isPending && test.variables.channel === channel}
            disabled={test.isPending}
            onClick={() => test.mutate({ id: recipient.id, channel })}
          >
            {t('alarms.notify.test.send', { channel: t(`alarms.notify.channel.${channel}`) })}
          </Button>
        ))}
      </Group>
      {test.error && <Failed told={tell(test.error)} />}
      {result && (
        <Text size="sm" mt={4} role="status" data-sent={result.sent} {...(result.sent ? {} : { c: 'var(--hg-abnormal)' })}>
          {result.sent
            ? t('alarms.notify.test.sent', { to: result.to, took: format.milliseconds(result.tookMs), answer: result.answer })
            : t('alarms.notify.test.failed', {
                to: result.to,
                why: result.trouble ? t(`alarms.notify.why.${result.trouble.code}`) : '',
                detail: result.trouble?.detail ?? result.answer,
              })}
        </Text>
      )}
    </div>
  )
}
