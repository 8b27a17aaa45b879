import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Address and token of a gateway, as they are typed into it. The token is never shown again. */
export function TokenShown({ path, token, onDone }: { path: string; token: string; onDone: () => void }) {
  const { t } = useTranslation()
  const address = location.origin + path
  return (
    <Stack gap="sm">
      <Alert icon={<IconKey size={18} stroke={1.6} />} color="caution" variant="light">
        {t('ingest.tokenOnce')}
      </Alert>
      <Copied label={t('ingest.address')} hint={t('ingest.addressHint')} value={address} />
      <Copied label={t('ingest.token')} hint={t('ingest.tokenHint')} value={token} />
      <Copied label={t('ingest.withKey')} hint={t('ingest.withKeyHint')} value={`${address}?key=${token}`} />
      <Text size="sm" c="dimmed">
        {t('ingest.next')}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('ingest.done')}</Button>
      </Group>
    </Stack>
  )
}

function Copied({ label, hint, value }: { label: string; hint: string; value: string }) {
  const { t } = useTranslation()
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        label={label}
        description={hint}
        value={value}
        readOnly
        flex={1}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
