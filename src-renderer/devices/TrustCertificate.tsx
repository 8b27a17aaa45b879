import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TlsTrust } from '#shared/devices/way.ts'
import { Failure } from '#shared/failures.ts'
import { Facts } from '../ui/Facts.tsx'
import { useFormat } from '../words.ts'
import classes from './TrustCertificate.module.css'

/** What the other side shows, and the person who says that it is the right one. Nothing when that is not why it failed. */
export function TrustCertificate({ error, onTrust }: { error: unknown; onTrust: (trust: TlsTrust) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!(error instanceof Failure) || error.code !== 'device.certificateUntrusted') return null
  const { sha256, subject, validFrom, validTo } = error.params
  if (typeof sha256 !== 'string' || sha256 === '') return null
  return (
    <Stack gap="sm" mt="xs">
      <Facts
        rows={[
          [
            t('opcua.sha256'),
            <code key="sha256" className={classes['print']}>
              {(sha256.match(/.{2}/g) ?? []).join(' ')}
            </code>,
          ],
          [t('opcua.subject'), String(subject)],
          [t('opcua.valid'), t('opcua.validSpan', { from: format.date(Number(validFrom)), to: format.date(Number(validTo)) })],
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('opcua.compare')}
      </Text>
      <Group>
        <Button size="xs" onClick={() => onTrust({ sha256 })}>
          {t('connect.trust')}
        </Button>
      </Group>
    </Stack>
  )
}
