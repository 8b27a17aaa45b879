import { useState } from 'react'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { backupJob } from '#shared/backups/contract.ts'
import type { CallOutput } from '#shared/api.ts'
import { useAction, useActor, useCall, useJob, useNow } from '../host.ts'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { BackupForm } from './BackupForm.tsx'
import { BackupList } from './BackupList.tsx'
import { JobProgress } from './JobProgress.tsx'
import { useReportText } from './reports.ts'
import classes from './Storage.module.css'

export type BackupStatus = CallOutput<'backups.status'>

const everyMs = 10_000

/** Whether everything is copied elsewhere and can be had back, and the buttons for it. */
export function BackupPanel() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('backups.status', {}, { every: everyMs })
  const job = useJob(backupJob)
  const run = useAction('backups.run')
  const cancel = useAction('backups.cancel')
  const [setting, setSetting] = useState(false)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={3} />
  const running = data.run?.state === 'running'
  const failed = run.error ?? cancel.error
  return (
    <Panel
      title={t('storing.backup.title')}
      flush
      actions={
        may('admin') && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setSetting(true)}>
              {t('storing.backup.settings')}
            </Button>
            {data.settings.folder !== null && !running && (
              <Button size="xs" loading={run.isPending} onClick={() => run.mutate({})}>
                {t('storing.backup.now')}
              </Button>
            )}
          </Group>
        )
      }
    >
      <Stack gap="sm" px="md" pb="md">
        <Warning status={data} />
        {failed && <Failed told={tell(failed)} />}
        {running && data.run && (
          <JobProgress
            label={t(`storing.backup.phase.${data.run.phase}`)}
            done={job?.state === 'running' ? job.done : data.run.done}
            total={job?.state === 'running' ? job.total : data.run.total}
            {...(may('admin') ? { onCancel: () => cancel.mutate({}), busy: cancel.isPending } : {})}
          />
        )}
        <BackupFacts status={data} />
      </Stack>
      <BackupList backups={data.backups} />
      {setting && <BackupForm settings={data.settings} onClose={() => setSetting(false)} />}
    </Panel>
  )
}

function Warning({ status: { warning, run, unreadable } }: { status: BackupStatus }) {
  const { t } = useTranslation()
  const words = useReportText()
  const told = [warning === 'failed' ? run?.failure : null, unreadable].flatMap((report) => (report ? [words(report)] : []))
  if (warning === null && told.length === 0) return null
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={18} stroke={1.8} />} title={t(`storing.backup.warning.${warning ?? 'look'}`)}>
      {told.length === 0
        ? t(`storing.backup.hint.${warning ?? 'none'}`)
        : told.map(({ title, hint }) => (
            <Text key={title} size="sm">
              {title} {hint}
            </Text>
          ))}
    </Alert>
  )
}

function BackupFacts({ status: { settings, next, lastGood, backups, free, run } }: { status: BackupStatus }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { folder, at, kept } = settings
  if (folder === null) return <Text className={classes['words']}>{t('storing.backup.why')}</Text>
  const good = backups.find(({ test }) => test.ok)
  const age =
    lastGood === null ? t('storing.backup.never') : t('storing.ago', { span: format.span(now - lastGood), when: format.dateTime(lastGood) })
  const tested = good
    ? t('storing.backup.testedGood', { samples: format.number(good.test.samples), took: format.span(good.test.took) })
    : null
  const repaired = run && run.repaired > 0 ? t('storing.backup.repaired', { count: run.repaired }) : null
  return (
    <Facts
      rows={[
        [t('storing.backup.lastGood'), age],
        [t('storing.backup.tested'), tested],
        [t('storing.backup.folder'), free === null ? folder : t('storing.backup.folderFree', { folder, free: format.bytes(free) })],
        [t('storing.backup.daily'), t('storing.backup.dailyAt', { at, next: next === null ? '' : format.dateTime(Math.max(next, now)) })],
        [t('storing.backup.kept'), t('storing.backup.keptCounts', kept)],
        [t('storing.backup.last'), repaired],
      ]}
    />
  )
}
