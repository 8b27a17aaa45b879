import { useState } from 'react'
import { Button, Stack } from '@mantine/core'
import { IconPlus, IconRouter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useActor, useCall } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { AddGateway } from './AddGateway.tsx'
import { GatewayPanel } from './GatewayPanel.tsx'

const everyMs = 3000

/** Gateways that send values by themselves: their doors, what they send, and which points that is. */
export function GatewayScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('ingest.gateways', {}, { every: everyMs })
  const [adding, setAdding] = useState(false)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={4} height={80} />
  const add = may('admin') && (
    <Button leftSection={<IconPlus size={16} stroke={1.7} />} onClick={() => setAdding(true)}>
      {t('ingest.add')}
    </Button>
  )
  return (
    <>
      {data.length === 0 ? (
        <Empty icon={IconRouter} title={t('ingest.none.title')} hint={t('ingest.none.hint')}>
          {add}
        </Empty>
      ) : (
        <>
          <PageTop title={t('ingest.title')} note={t('ingest.note')}>
            {add}
          </PageTop>
          <Stack gap="md" mt="sm">
            {data.map((gateway) => (
              <GatewayPanel key={gateway.id} gateway={gateway} />
            ))}
          </Stack>
        </>
      )}
      {adding && <AddGateway onClose={() => setAdding(false)} />}
    </>
  )
}
