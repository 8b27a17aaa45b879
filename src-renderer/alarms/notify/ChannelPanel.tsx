import type { ReactNode, SyntheticEvent } from 'react'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'

type ChannelPanelProps = {
  title: string
  locked: boolean
  changed: boolean
  saved: boolean
  busy: boolean
  error: unknown
  /** What is not as it must be, in words; nothing is sent then. */
  fault: string | null
  onSave: () => void
  children: ReactNode
}

/** The settings of one way with a button to save them. What was typed stays until it is saved. */
export function ChannelPanel({ title, locked, changed, saved, busy, error, fault, onSave, children }: ChannelPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onSave()
  }
  return (
    <Panel title={title}>
      <form onSubmit={submit} noValidate>
        <fieldset disabled={locked} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <Stack gap="sm">
            {children}
            {fault !== null && (
              <Text size="sm" c="var(--mantine-color-error)" role="alert">
                {fault}
              </Text>
            )}
            {error !== null && <Failed told={tell(error)} />}
            {!locked && (
              <Group>
                <Button type="submit" loading={busy} disabled={!changed}>
                  {t('save')}
                </Button>
                {saved && !changed && (
                  <Text size="sm" c="dimmed" role="status">
                    {t('saved')}
                  </Text>
                )}
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  )
}
