import { List, Text } from '@mantine/core'
import { IconCheck, IconCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCall } from '../../host.ts'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Notify.module.css'

/** What is still to be done before anybody is told of an alarm, in its order; nothing when all of it is there. */
export function FirstSteps() {
  const { t } = useTranslation()
  const { may } = useActor()
  const names = useCall('alarms.notifyNames', {})
  const rules = useCall('alarms.rules', {})
  if (!names.data || !rules.data || !may('full')) return null
  const { lists, recipients, ready } = names.data
  const steps = [
    {
      step: 'channel',
      done: ready.some((one) => one !== 'webhook') || recipients.some((one) => one.channels.includes('webhook')),
      part: 'channels',
    },
    { step: 'recipient', done: recipients.length > 0, part: undefined },
    { step: 'list', done: lists.some(({ members }) => members.length > 0), part: 'lists' },
    { step: 'rule', done: rules.data.rules.some(({ notify }) => notify.steps.length > 0), part: null },
  ] as const
  if (steps.every(({ done }) => done)) return null
  return (
    <div className={classes['first']}>
      <Panel title={t('alarms.notify.first.title')}>
        <List spacing="xs" size="sm">
          {steps.map(({ step, done, part }) => (
            <List.Item
              key={step}
              icon={done ? <IconCheck size={17} stroke={2} aria-hidden /> : <IconCircle size={17} stroke={1.6} aria-hidden />}
              data-step={step}
              data-done={done || undefined}
            >
              {done ? (
                <Text size="sm" c="dimmed">
                  {t('alarms.notify.first.done', { what: t(`alarms.notify.first.${step}`) })}
                </Text>
              ) : part === null ? (
                <Link to="/alarms/rules">{t(`alarms.notify.first.${step}`)}</Link>
              ) : (
                <Link to="/alarms/notify" search={{ part }}>
                  {t(`alarms.notify.first.${step}`)}
                </Link>
              )}
            </List.Item>
          ))}
        </List>
      </Panel>
    </div>
  )
}
