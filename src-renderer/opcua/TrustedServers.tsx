import { useState } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useAction, useCall } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './Opcua.module.css'

type Trusted = CallOutput<'opcua.trusted'>[number]

/** The servers whose certificate somebody trusted, and the way to take that back. Nothing while there is none. */
export function TrustedServers() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const trusted = useCall('opcua.trusted', {})
  const end = useAction('opcua.distrust')
  const [asking, setAsking] = useState<Trusted | null>(null)
  if (trusted.error) return <Failed told={tell(trusted.error)} onRetry={() => void trusted.refetch()} />
  if (!trusted.data || trusted.data.length === 0) return null
  const confirm = () =>
    asking &&
    end.mutate(
      { host: asking.host, port: asking.port },
      {
        onSuccess: () => {
          setAsking(null)
          void trusted.refetch()
        },
      },
    )
  return (
    <Panel title={t('opcua.trustedServers')}>
      <ul className={classes['rows']}>
        {trusted.data.map((one) => (
          <li key={`${one.host} ${one.port}`} className={classes['server']}>
            <div>
              <Text>
                {one.host}:{one.port}
              </Text>
              <Text size="sm" c="dimmed">
                {t('opcua.trustedBy', { who: one.trustedBy, when: format.date(one.trustedAt), until: format.date(one.validTo) })}
              </Text>
            </div>
            <Group>
              <Button size="compact-sm" variant="default" onClick={() => setAsking(one)}>
                {t('opcua.distrust')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <Confirm
        opened={asking !== null}
        title={t('opcua.distrustTitle', { host: asking?.host ?? '' })}
        action={t('opcua.distrust')}
        busy={end.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(null)}
      >
        <Text>{t('opcua.distrustHint')}</Text>
        {end.error && <Failed told={tell(end.error)} />}
      </Confirm>
    </Panel>
  )
}
