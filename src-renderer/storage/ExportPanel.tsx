import { useState } from 'react'
import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { apiBase } from '#shared/api.ts'
import { exportFormats, exportJob, type Export, type ExportFormat } from '#shared/backups/contract.ts'
import { useAction, useActor, useCall, useJob } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { JobProgress } from './JobProgress.tsx'
import { useReportText } from './reports.ts'
import classes from './Storage.module.css'

const everyMs = 10_000

/** Everything stored as files for other programs: make, download, remove. */
export function ExportPanel() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = useReportText()
  const { may } = useActor()
  const { data, error } = useCall('backups.exports', {}, { every: everyMs })
  const job = useJob(exportJob)
  const start = useAction('backups.startExport')
  const cancel = useAction('backups.cancelExport')
  const [format, setFormat] = useState<ExportFormat>('parquet')
  const run = data?.run
  const running = run?.state === 'running'
  const failed = error ?? start.error ?? cancel.error
  return (
    <Panel
      title={t('storing.export.title')}
      flush
      actions={
        may('admin') && (
          <Group gap="xs">
            <NativeSelect
              size="xs"
              aria-label={t('storing.export.format')}
              data={exportFormats.map((value) => ({ value, label: t(`storing.export.formats.${value === 'csv.gz' ? 'gzip' : value}`) }))}
              value={format}
              onChange={({ currentTarget: { value } }) => setFormat(exportFormats.find((one) => one === value) ?? 'parquet')}
            />
            <Button size="xs" variant="default" disabled={running} loading={start.isPending} onClick={() => start.mutate({ format })}>
              {t('storing.export.start')}
            </Button>
          </Group>
        )
      }
    >
      <Text size="sm" c="dimmed" className={classes['note']}>
        {t('storing.export.note')}
      </Text>
      {failed && <Failed told={tell(failed)} />}
      {run?.state === 'failed' && run.failure && <Failed told={words(run.failure)} />}
      {running && (
        <div className={classes['item']}>
          <JobProgress
            label={t('storing.export.running')}
            done={job?.state === 'running' ? job.done : run.done}
            total={job?.state === 'running' ? job.total : run.total}
            {...(may('admin') ? { onCancel: () => cancel.mutate({}), busy: cancel.isPending } : {})}
          />
        </div>
      )}
      <ul className={classes['list']} aria-label={t('storing.export.title')}>
        {data?.exports.map((one) => (
          <Row key={one.id} made={one} />
        ))}
      </ul>
    </Panel>
  )
}

function Row({ made }: { made: Export }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useActor()
  const remove = useAction('backups.removeExport')
  const [asking, setAsking] = useState(false)
  const { id, startedAt, rows, bytes, files } = made
  return (
    <li className={classes['item']}>
      <div className={classes['words']}>
        <Text fw={600}>{format.dateTime(startedAt)}</Text>
        <Text size="sm" c="dimmed">
          {t('storing.export.size', { samples: format.number(rows), size: format.bytes(bytes) })}
        </Text>
        <ul className={classes['files']}>
          {files.map(({ name, bytes: size }) => (
            <li key={name}>
              <Anchor size="sm" href={`${apiBase}/exports/${id}/files/${name}`} download={name}>
                {name}
              </Anchor>{' '}
              <Text span size="xs" c="dimmed">
                {format.bytes(size)}
              </Text>
            </li>
          ))}
        </ul>
      </div>
      {may('admin') && (
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t('storing.export.remove')}
        </Button>
      )}
      <Confirm
        opened={asking}
        title={t('storing.export.removeTitle')}
        action={t('storing.export.remove')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id }, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text size="sm">{t('storing.export.removeHint')}</Text>
      </Confirm>
    </li>
  )
}
