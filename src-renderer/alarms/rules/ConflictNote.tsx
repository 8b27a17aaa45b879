import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RuleContent } from '#shared/alarms/rule.ts'
import { useCall } from '../../host.ts'
import { useFormat } from '../../words.ts'
import { contentOf } from './content.ts'
import { changedFields, type Kept } from './session.ts'

type ConflictNoteProps = { id: string; before: RuleContent; onTake: (theirs: Kept) => void; onKeep: (theirs: Kept) => void }

/** Somebody else changed the rule meanwhile: who, when and what, and whose version is to stay. */
export function ConflictNote({ id, before, onTake, onKeep }: ConflictNoteProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useCall('alarms.rule', { id }, { onOpen: true })
  if (!data) return null
  const theirs: Kept = { content: contentOf(data.rule), version: data.rule.version }
  const fields = changedFields(before, theirs.content).map((field) => t(`alarms.rules.field.${field}`))
  return (
    <Alert
      color="caution"
      variant="light"
      icon={<IconAlertTriangle size={18} stroke={1.8} />}
      title={t('alarms.rules.conflict.title', { name: data.rule.changedBy, time: format.dateTime(data.rule.changedAt) })}
      mb="md"
      role="alert"
    >
      <Text size="sm">{t('alarms.rules.conflict.what', { fields: fields.join(', ') || '–' })}</Text>
      <Group mt="sm" gap="xs">
        <Button size="xs" variant="default" onClick={() => onTake(theirs)}>
          {t('alarms.rules.conflict.take')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onKeep(theirs)}>
          {t('alarms.rules.conflict.keep')}
        </Button>
      </Group>
    </Alert>
  )
}
