import { useState } from 'react'
import { Button, CopyButton, Group, Text } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LineMessage } from '#shared/acquisition/line.ts'
import type { Way } from '#shared/devices/way.ts'
import { Panel } from '../ui/Panel.tsx'
import { useMessageText } from './message-text.ts'
import classes from './LineMessages.module.css'

/** How many are drawn; all that are held go into the file. */
const drawn = 200

/** Requests and answers as they pass, newest first; can be held still, copied and saved. */
export function LineMessages({ messages, lost, way, name }: { messages: readonly LineMessage[]; lost: number; way: Way; name: string }) {
  const { t } = useTranslation()
  const textOf = useMessageText(way)
  const [held, setHeld] = useState<readonly LineMessage[] | null>(null)
  const shown = held ?? messages
  const file = () =>
    shown
      .map((message) => {
        const { time, hex, words } = textOf(message)
        return [new Date(message.at).toISOString().slice(0, 10), time, message.direction === 'sent' ? '>' : '<', hex, words].join('\t')
      })
      .join('\n')
  return (
    <Panel
      title={t('doctor.messages')}
      actions={
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={held ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />}
            onClick={() => setHeld(held ? null : messages)}
          >
            {held ? t('doctor.continue') : t('doctor.pause')}
          </Button>
          <CopyButton value={file()}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t('doctor.copied') : t('doctor.copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => save(`${name}.txt`, file())}
          >
            {t('doctor.save')}
          </Button>
        </Group>
      }
    >
      {lost > 0 && (
        <Text size="sm" c="dimmed">
          {t('doctor.lost', { count: lost })}
        </Text>
      )}
      {shown.length === 0 ? (
        <Text c="dimmed">{way.startsWith('modbus') || way.startsWith('mbus') ? t('doctor.quiet') : t('doctor.noMessages')}</Text>
      ) : (
        <ol className={classes['list']} aria-label={t('doctor.messages')}>
          {shown
            .slice(-drawn)
            .toReversed()
            .map((message) => {
              const { time, hex, words, isTrouble } = textOf(message)
              return (
                <li key={message.n} className={classes['message']} data-direction={message.direction} data-trouble={isTrouble || undefined}>
                  <span className={classes['time']}>{time}</span>
                  <span className={classes['way']} aria-label={t(`doctor.direction.${message.direction}`)}>
                    {message.direction === 'sent' ? '→' : '←'}
                  </span>
                  <span className={classes['words']}>
                    <code>{hex || '–'}</code>
                    <span>{words}</span>
                  </span>
                </li>
              )
            })}
        </ol>
      )}
    </Panel>
  )
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address))
}
