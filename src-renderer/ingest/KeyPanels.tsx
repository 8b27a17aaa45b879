import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gateway, IngestKey } from '#shared/ingest/contract.ts'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import { MemberForm } from './MemberForm.tsx'

const everyMs = 3000

/** What a gateway sends, device by device. */
export function KeyPanels({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('ingest.keys', { id: gateway.id }, { every: everyMs })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={4} />
  if (data.length === 0) return <Text c="dimmed">{t('ingest.noKeys')}</Text>
  return (
    <Stack gap="lg">
      {[...byMember(data)].map(([member, keys]) => (
        <MemberForm key={member} gateway={gateway.id} member={member} keys={keys} />
      ))}
    </Stack>
  )
}

function byMember(keys: readonly IngestKey[]): Map<string, IngestKey[]> {
  const members = new Map<string, IngestKey[]>()
  for (const key of keys) members.set(key.member, [...(members.get(key.member) ?? []), key])
  return members
}
