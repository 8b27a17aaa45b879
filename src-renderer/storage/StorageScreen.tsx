import { Alert, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { BackupPanel } from './BackupPanel.tsx'
import { ExportPanel } from './ExportPanel.tsx'
import { MonthPanel } from './MonthPanel.tsx'
import { RetentionPanel } from './RetentionPanel.tsx'
import { StoredPanel } from './StoredPanel.tsx'

const everyMs = 15_000

/** How much is stored, where it is copied to, and how long it stays. */
export function StorageScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('history.storage', {}, { every: everyMs })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={5} height={70} />
  return (
    <>
      <PageTop title={t('storing.title')} note={t('storing.note')} />
      <Stack gap="md" mt="sm">
        {(data.notice !== null || data.state === 'failed') && (
          <Alert color="orange" icon={<IconAlertTriangle size={18} stroke={1.8} />} title={t('storing.unwell')}>
            {data.notice ?? t('storing.state.failed')}
          </Alert>
        )}
        <BackupPanel />
        <StoredPanel storage={data} />
        <MonthPanel storage={data} />
        <ExportPanel />
        <RetentionPanel />
      </Stack>
    </>
  )
}
