import { PasswordInput, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Draft, Identity } from './draft.ts'

type IdentityFieldsProps = {
  offered: readonly Identity[]
  identity: Identity
  user: string
  secret: string
  plain: boolean
  onChange: (change: Partial<Draft>) => void
  onSecret: (secret: string) => void
}

/** Who signs in. A password or a key is sent once, kept with the device and never shown again. */
export function IdentityFields({ offered, identity, user, secret, plain, onChange, onSecret }: IdentityFieldsProps) {
  const { t } = useTranslation()
  const change = (next: string) => {
    const found = offered.find((one) => one === next)
    if (!found) return
    onSecret('')
    onChange({ identity: found })
  }
  return (
    <>
      <SegmentedControl
        value={identity}
        onChange={change}
        data={offered.map((one) => ({ value: one, label: t(`opcua.identity.${one}`) }))}
        aria-label={t('opcua.who')}
        fullWidth
      />
      {identity === 'password' && (
        <>
          <TextInput
            label={t('opcua.user')}
            value={user}
            maxLength={200}
            onChange={(event) => onChange({ user: event.currentTarget.value })}
            autoComplete="off"
            autoCapitalize="off"
          />
          <PasswordInput
            label={t('opcua.password')}
            description={plain ? t('opcua.passwordPlain') : t('opcua.passwordHint')}
            value={secret}
            maxLength={500}
            onChange={(event) => onSecret(event.currentTarget.value)}
            autoComplete="off"
          />
        </>
      )}
      {identity === 'certificate' && (
        <Textarea
          label={t('opcua.pem')}
          description={t('opcua.pemHint')}
          value={secret}
          maxLength={20_000}
          onChange={(event) => onSecret(event.currentTarget.value)}
          minRows={3}
          maxRows={6}
          autosize
          spellCheck={false}
          autoComplete="off"
        />
      )}
      {identity === 'anonymous' && (
        <Text size="sm" c="dimmed">
          {t('opcua.anonymousHint')}
        </Text>
      )}
    </>
  )
}
