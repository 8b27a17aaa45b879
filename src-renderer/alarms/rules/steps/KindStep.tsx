import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { alarmKinds } from '#shared/alarms/rule.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { withKind } from '../starts.ts'
import type { StepProps } from './step.ts'
import classes from '../Wizard.module.css'

/** What the rule looks for. */
export function KindStep({ content, put, rule }: StepProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Radio.Group
        value={content.test.kind}
        onChange={(kind) => put(withKind(content, alarmKinds.find((one) => one === kind) ?? content.test.kind))}
        aria-label={t('alarms.rules.step.kind')}
      >
        <div className={classes['kinds']}>
          {alarmKinds.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={t(`alarms.words.kind.${kind}`)}
              description={t(`alarms.rules.kindHint.${kind}`)}
              data-kind={kind}
            />
          ))}
        </div>
      </Radio.Group>
      {rule === null && (
        <Text size="sm" c="dimmed" component="div">
          {t('alarms.rules.readyHint')}{' '}
          <ButtonLink to="/alarms/rules/library" variant="subtle" size="compact-sm">
            {t('alarms.rules.library.title')}
          </ButtonLink>
        </Text>
      )}
    </Stack>
  )
}
