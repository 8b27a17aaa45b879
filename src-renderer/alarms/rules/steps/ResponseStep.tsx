import { SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { priorities } from '#shared/alarms/priority.ts'
import { NumberField } from '../NumberField.tsx'
import { PriorityMatrix } from '../PriorityMatrix.tsx'
import { Faults } from './Faults.tsx'
import type { StepProps } from './step.ts'

/** What an operator needs when the alarm comes: why, what follows, what to do, how soon. */
export function ResponseStep({ content, put, problems }: StepProps) {
  const { t } = useTranslation()
  const field = (name: 'cause' | 'consequence' | 'action') => (
    <Textarea
      label={t(`alarms.rules.field.${name}`)}
      description={t(`alarms.rules.responseHint.${name}`)}
      value={content[name]}
      onChange={({ currentTarget }) => put({ [name]: currentTarget.value })}
      maxLength={2000}
      autosize
      minRows={name === 'action' ? 4 : 2}
    />
  )
  return (
    <Stack gap="md">
      {field('cause')}
      {field('consequence')}
      {field('action')}
      <NumberField
        label={t('alarms.rules.field.respondMinutes')}
        description={t('alarms.rules.responseHint.respondMinutes')}
        unit="min"
        value={content.respondMinutes}
        min={1}
        max={100_000}
        whole
        onChange={(respondMinutes) => put({ respondMinutes: respondMinutes === 0 ? null : respondMinutes })}
      />
      <div>
        <SegmentedControl
          aria-label={t('alarms.rules.field.priority')}
          value={content.priority}
          onChange={(next) => put({ priority: priorities.find((one) => one === next) ?? content.priority })}
          data={priorities.map((one) => ({ value: one, label: t(`alarms.words.priority.${one}`) }))}
          transitionDuration={0}
          fullWidth
          mb="sm"
        />
        <PriorityMatrix minutes={content.respondMinutes} priority={content.priority} onChoose={put} />
      </div>
      <TextInput
        label={t('alarms.rules.field.link')}
        description={t('alarms.rules.responseHint.link')}
        value={content.link}
        onChange={({ currentTarget }) => put({ link: currentTarget.value })}
        maxLength={500}
      />
      <Faults problems={problems} step="response" />
    </Stack>
  )
}
