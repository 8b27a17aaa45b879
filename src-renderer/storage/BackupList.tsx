import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Backup } from '#shared/backups/contract.ts'
import { useFormat } from '../words.ts'
import { useReportText } from './reports.ts'
import classes from './Storage.module.css'

/** The backups that are in the folder, each with what its test restore found. */
export function BackupList({ backups }: { backups: readonly Backup[] }) {
  const { t } = useTranslation()
  if (backups.length === 0) return null
  return (
    <ul className={classes['list']} aria-label={t('storing.backup.list')}>
      {backups.map((backup) => (
        <Row key={backup.id} backup={backup} />
      ))}
    </ul>
  )
}

function Row({ backup: { at, bytes, samples, last, version, test } }: { backup: Backup }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useReportText()
  const newest = last === null ? '' : t('storing.backup.upTo', { when: format.dateTime(last) })
  return (
    <li className={classes['item']}>
      <div className={classes['words']}>
        <Text fw={600}>{format.dateTime(at)}</Text>
        <Text size="sm" c="dimmed">
          {[
            t('storing.backup.samples', { samples: format.number(samples) }),
            newest,
            format.bytes(bytes),
            t('storing.backup.version', { version }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {test.failure && <Text size="sm">{words(test.failure).title}</Text>}
      </div>
      <Badge color={test.ok ? 'green' : 'red'} variant="light">
        {t(test.ok ? 'storing.backup.good' : 'storing.backup.bad')}
      </Badge>
    </li>
  )
}
