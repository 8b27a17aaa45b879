import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Left empty a kept secret stays; null: there is to be none any more. */
export type SecretDraft = string | null
/** What goes to the host: nothing where the secret stays as it is. */
export const secretOf = (draft: SecretDraft): string | null | undefined => (draft === '' ? undefined : draft)

type SecretFieldProps = { label: string; kept: boolean; value: SecretDraft; onChange: (value: SecretDraft) => void }

/** A password or token that is written and never shown again. */
export function SecretField({ label, kept, value, onChange }: SecretFieldProps) {
  const { t } = useTranslation()
  if (value === null) {
    return (
      <Group gap="sm">
        <Text size="sm">{t('alarms.notify.secretGoes', { label })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => onChange('')}>
          {t('undo')}
        </Button>
      </Group>
    )
  }
  return (
    <Group gap="sm" align="flex-end">
      <PasswordInput
        style={{ flex: '1 1 200px' }}
        label={label}
        description={kept ? t('alarms.notify.secretKept') : t('alarms.notify.secretNone')}
        value={value}
        maxLength={500}
        autoComplete="new-password"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {kept && value === '' && (
        <Button variant="default" size="xs" onClick={() => onChange(null)}>
          {t('alarms.notify.secretRemove')}
        </Button>
      )}
    </Group>
  )
}
