import { Checkbox, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useAction, useActor } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import classes from './Screen.module.css'

/** What a document is opened by; anything else is the name of a place and only read. */
const isAddress = (link: string) => /^https?:\/\//i.test(link)

/** What the alarm means and what to do, each step ticked into its log. */
export function ResponseSheet({ alarm: { row, sheet } }: { alarm: CallOutput<'alarms.get'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { may } = useActor()
  const tick = useAction('alarms.stepDone')
  const texts = (['description', 'cause', 'consequence'] as const).filter((name) => sheet[name] !== '')
  const { occurrence } = row
  return (
    <Stack gap="xs">
      <Title order={3}>{t('alarms.list.sheet.title')}</Title>
      {texts.length === 0 && sheet.steps.length === 0 && <Text c="dimmed">{t('alarms.list.sheet.none')}</Text>}
      {texts.map((name) => (
        <div key={name}>
          <div className={classes['dim']}>{t(`alarms.list.sheet.${name}`)}</div>
          <p className={classes['text']}>{sheet[name]}</p>
        </div>
      ))}
      {sheet.steps.length > 0 && (
        <div>
          <div className={classes['dim']}>{t('alarms.list.sheet.steps')}</div>
          <ol className={classes['steps']}>
            {sheet.steps.map(({ text, done }, step) => (
              <li key={step}>
                <Checkbox
                  checked={done !== null}
                  disabled={occurrence === null || !may('basic') || done !== null || tick.isPending}
                  onChange={() => occurrence !== null && tick.mutate({ id: row.id, occurrence, step })}
                  label={
                    <>
                      {text}
                      {done && (
                        <div className={classes['dim']}>{t('alarms.list.by', { who: done.by, time: format.dateTime(done.at) })}</div>
                      )}
                    </>
                  }
                />
              </li>
            ))}
          </ol>
          {tick.error && <Failed told={tell(tick.error)} />}
        </div>
      )}
      {sheet.respondMinutes !== null && (
        <Text size="sm">{t('alarms.list.sheet.respond', { time: format.duration(sheet.respondMinutes * 60) })}</Text>
      )}
      {sheet.link !== '' && (
        <Text size="sm">
          {t('alarms.list.sheet.document')}{' '}
          {isAddress(sheet.link) ? (
            <a href={sheet.link} target="_blank" rel="noreferrer noopener">
              {sheet.link}
            </a>
          ) : (
            sheet.link
          )}
        </Text>
      )}
    </Stack>
  )
}
