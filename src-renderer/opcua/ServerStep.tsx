import { useState, type SyntheticEvent } from 'react'
import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { splitUrl, whereOf } from './draft.ts'
import type { StepProps } from './step.ts'
import { TrustedServers } from './TrustedServers.tsx'
import classes from './Opcua.module.css'

/** Where the server is; going on asks it which ways in it offers. */
export function ServerStep({ draft, change, go }: StepProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const look = useAction('opcua.endpoints')
  const [tried, setTried] = useState(false)
  const where = whereOf(draft)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (where) look.mutate(where, { onSuccess: () => go(1) })
  }
  return (
    <div className={classes['columns']}>
      <Panel>
        <form onSubmit={submit} noValidate>
          <Stack gap="sm">
            <TextInput
              label={t('opcua.host')}
              description={t('opcua.hostHint')}
              value={draft.host}
              onChange={(event) => change(splitUrl(event.currentTarget.value))}
              error={tried && !where ? t('opcua.hostFault') : undefined}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              autoFocus
            />
            <div className={classes['pair']}>
              <NumberInput
                label={t('opcua.port')}
                description={t('opcua.portHint')}
                value={draft.port}
                onChange={(port) => change({ port })}
                allowDecimal={false}
                allowNegative={false}
                hideControls
              />
              <TextInput
                label={t('opcua.path')}
                description={t('opcua.pathHint')}
                value={draft.path}
                onChange={(event) => change({ path: event.currentTarget.value })}
                autoComplete="off"
                spellCheck={false}
              />
            </div>
            <Button type="submit" loading={look.isPending}>
              {t('opcua.look')}
            </Button>
          </Stack>
        </form>
      </Panel>
      <Stack gap="md">
        {look.error ? (
          <Failed told={tell(look.error)} onRetry={() => where && look.mutate(where, { onSuccess: () => go(1) })} />
        ) : (
          <Panel title={t('opcua.before')}>
            <Stack gap="xs">
              <Text size="sm">{t('opcua.beforeServer')}</Text>
              <Text size="sm">{t('opcua.beforeUser')}</Text>
              <Text size="sm" c="dimmed">
                {t('opcua.nothingChanged')}
              </Text>
            </Stack>
          </Panel>
        )}
        <TrustedServers />
      </Stack>
    </div>
  )
}
