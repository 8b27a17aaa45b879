import { useEffect } from 'react'
import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'

/** Makes one sign-in link and shows it until the dialog is closed. */
export function LinkDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { mutate, data, error } = useAction('users.createLink')
  useEffect(() => mutate({}), [mutate])
  const link = data ? new URL(data.path, location.origin).href : ''
  return (
    <Modal opened onClose={onClose} title={t('user.link')} centered transitionProps={{ duration: 0 }}>
      <Stack>
        <Text>{t('user.linkHint')}</Text>
        {error && <Failed told={tell(error)} onRetry={() => mutate({})} />}
        {data && (
          <>
            <TextInput readOnly value={link} aria-label={t('user.link')} onFocus={(event) => event.currentTarget.select()} />
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {t('user.linkExpires', { time: format.time(data.expiresAt) })}
              </Text>
              <CopyButton value={link}>
                {({ copied, copy }) => <Button onClick={copy}>{copied ? t('copied') : t('copy')}</Button>}
              </CopyButton>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}
