import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlarmTest, TestOf } from '#shared/alarms/rule.ts'

/** Which findings of the check of meters become alarms. */
export function MeterForm({ test, onChange }: { test: TestOf<'meter'>; onChange: (test: AlarmTest) => void }) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('alarms.rules.form.findings')}
      value={test.severities}
      onChange={(severities) => onChange({ ...test, severities: severities === 'all' ? 'all' : 'alarm' })}
    >
      <Stack gap={6} mt={6}>
        {(['alarm', 'all'] as const).map((severity) => (
          <Radio key={severity} value={severity} label={t(`alarms.rules.says.meter.${severity}`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
