import { Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Faults } from './Faults.tsx'
import type { StepProps } from './step.ts'

/** What the alarm is called in the list, and what it is about. */
export function NameStep({ content, put, problems }: StepProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <TextInput
        label={t('alarms.rules.field.name')}
        description={t('alarms.rules.nameHint')}
        value={content.name}
        onChange={({ currentTarget }) => put({ name: currentTarget.value })}
        maxLength={120}
      />
      <Textarea
        label={t('alarms.rules.field.description')}
        value={content.description}
        onChange={({ currentTarget }) => put({ description: currentTarget.value })}
        maxLength={2000}
        autosize
        minRows={2}
      />
      <Faults problems={problems} step="name" />
    </Stack>
  )
}
