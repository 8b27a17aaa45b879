import { useState } from 'react'
import { Button, FileButton, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconFileUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { tableColumns, tableLimits } from '#shared/commissioning/table.ts'
import { useAddress } from '../../address.ts'
import { useAction, useCall, useHost } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { PageTop } from '../../ui/PageTop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { base64Of, download } from './table-file.ts'
import { TableRun } from './TableRun.tsx'

/** Many devices out of one CSV file: read, looked through, asked about and added row by row. */
export function TableScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { call } = useHost()
  const read = useAction('commissioning.readTable')
  const [error, setError] = useState<unknown>(null)
  const [address, change] = useAddress()
  const id = address['run'] ?? null
  const { data: run, error: gone } = useCall('commissioning.table', { id: id ?? '' }, { enabled: id !== null, every: 1000 })
  const choose = async (file: File | null) => {
    setError(null)
    if (!file) return
    read.mutate({ file: base64Of(await file.arrayBuffer()) }, { onSuccess: (made) => change({ run: made.id }) })
  }
  const save = (operation: 'commissioning.exportTable' | 'commissioning.tableTemplate') => {
    setError(null)
    call(operation, {}).then(download, setError)
  }
  const failed = error ?? read.error ?? gone
  const shown = run ?? (read.data?.id === id ? read.data : undefined)
  return (
    <>
      <PageTop title={t('table.title')} note={t('table.note')}>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.7} />} onClick={() => save('commissioning.tableTemplate')}>
          {t('table.template')}
        </Button>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.7} />} onClick={() => save('commissioning.exportTable')}>
          {t('table.export')}
        </Button>
      </PageTop>
      <Stack gap="md">
        <Panel title={t('table.choose')}>
          <Stack gap="sm">
            <Text size="sm">{t('table.columns', { columns: tableColumns.join(', ') })}</Text>
            <Text size="sm" c="dimmed">
              {t('table.form', { rows: tableLimits.rows, megabytes: tableLimits.bytes / 1e6 })}
            </Text>
            <Group>
              <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(file) => void choose(file)} key={id ?? 'none'}>
                {(props) => (
                  <Button {...props} loading={read.isPending} leftSection={<IconFileUpload size={16} stroke={1.7} />}>
                    {t('table.file')}
                  </Button>
                )}
              </FileButton>
            </Group>
            {failed !== null && failed !== undefined && <Failed told={tell(failed)} />}
          </Stack>
        </Panel>
        {shown && <TableRun run={shown} />}
      </Stack>
    </>
  )
}
