import { Checkbox, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { healthChecks, type AlarmTest, type TestOf } from '#shared/alarms/rule.ts'
import { NumberField } from '../NumberField.tsx'
import classes from '../Wizard.module.css'

const numbers = { diskFree: 'GB', backupAge: 'h', pollOverrun: '1/h' } as const
const counted = Object.keys(numbers) as (keyof typeof numbers)[]

/** What of the program itself is watched. */
export function HealthForm({ test, onChange }: { test: TestOf<'health'>; onChange: (test: AlarmTest) => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Checkbox.Group
        label={t('alarms.rules.form.health')}
        value={test.checks}
        onChange={(chosen) => onChange({ ...test, checks: healthChecks.filter((check) => chosen.includes(check)) })}
      >
        <Stack gap={6} mt={6}>
          {healthChecks.map((check) => (
            <Checkbox key={check} value={check} label={t(`alarms.words.part.${check}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <div className={classes['pair']}>
        {counted
          .filter((name) => test.checks.includes(name))
          .map((name) => (
            <NumberField
              key={name}
              label={t(`alarms.rules.form.healthValue.${name}`)}
              unit={numbers[name]}
              value={test[name]}
              min={name === 'diskFree' ? 0 : 1}
              needed
              onChange={(value) => onChange({ ...test, [name]: value ?? Number.NaN })}
            />
          ))}
      </div>
    </Stack>
  )
}
