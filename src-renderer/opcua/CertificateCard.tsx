import { useState } from 'react'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OpcuaEndpoint } from '#shared/opcua/contract.ts'
import { useAction, useNow } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import type { Where } from './draft.ts'
import classes from './Opcua.module.css'

type CertificateCardProps = {
  where: Where
  certificate: NonNullable<OpcuaEndpoint['certificate']>
  trust: OpcuaEndpoint['trust']
  onTrusted: () => void
}

/** Whose certificate it is and until when, with its thumbprint; a person says that it is trusted. */
export function CertificateCard({ where, certificate, trust, onTrusted }: CertificateCardProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const now = useNow()
  const [asking, setAsking] = useState(false)
  const give = useAction('opcua.trust')
  const outdated = now > certificate.validTo || now < certificate.validFrom
  const accept = () =>
    give.mutate(
      { ...where, sha256: certificate.sha256 },
      {
        onSuccess: () => {
          setAsking(false)
          onTrusted()
        },
      },
    )
  return (
    <Panel title={t('opcua.certificate')}>
      <Stack gap="sm">
        <Text size="sm" fw={600} role="status">
          {t(`opcua.trust.${trust}`)}
        </Text>
        <Facts
          rows={[
            [t('opcua.thumbprint'), <Thumbprint key="thumbprint" text={certificate.thumbprint} />],
            [t('opcua.sha256'), <Thumbprint key="sha256" text={certificate.sha256} />],
            [t('opcua.subject'), certificate.subject],
            [t('opcua.issuer'), certificate.issuer === certificate.subject ? t('opcua.selfSigned') : certificate.issuer],
            [t('opcua.valid'), t('opcua.validSpan', { from: format.date(certificate.validFrom), to: format.date(certificate.validTo) })],
            [t('opcua.key'), t('opcua.keyBits', { bits: certificate.bits })],
          ]}
        />
        {outdated && <Text size="sm">{t('opcua.outdated')}</Text>}
        {trust !== 'yes' && (
          <>
            <Text size="sm" c="dimmed">
              {t('opcua.compare')}
            </Text>
            <Group>
              <Button variant={trust === 'changed' ? 'default' : 'filled'} onClick={() => setAsking(true)}>
                {t('opcua.trustIt')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
      <Confirm
        opened={asking}
        title={t(trust === 'changed' ? 'opcua.trustChanged' : 'opcua.trustIt')}
        action={t('opcua.trustYes')}
        busy={give.isPending}
        onConfirm={accept}
        onClose={() => setAsking(false)}
      >
        <Text>{t(trust === 'changed' ? 'opcua.trustChangedHint' : 'opcua.trustHint')}</Text>
        <Thumbprint text={certificate.thumbprint} />
        {give.error && <Failed told={tell(give.error)} />}
      </Confirm>
    </Panel>
  )
}

/** In pairs, so that it can be compared by eye. */
function Thumbprint({ text }: { text: string }) {
  return <code className={classes['thumbprint']}>{text.match(/.{1,2}/g)?.join(' ')}</code>
}
