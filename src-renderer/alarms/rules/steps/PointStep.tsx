import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlarmTest } from '#shared/alarms/rule.ts'
import { Failed } from '../../../ui/Failed.tsx'
import { useFailureText } from '../../../words.ts'
import { ConsumptionForm } from '../forms/ConsumptionForm.tsx'
import { ControllerForm } from '../forms/ControllerForm.tsx'
import { DeviationForm } from '../forms/DeviationForm.tsx'
import { GateFields } from '../forms/GateFields.tsx'
import { HealthForm } from '../forms/HealthForm.tsx'
import { LimitForm } from '../forms/LimitForm.tsx'
import { MeterForm } from '../forms/MeterForm.tsx'
import { MissingForm } from '../forms/MissingForm.tsx'
import { RateForm } from '../forms/RateForm.tsx'
import { SensorForm } from '../forms/SensorForm.tsx'
import { StuckForm } from '../forms/StuckForm.tsx'
import { EffectPanel } from '../EffectPanel.tsx'
import { Faults } from './Faults.tsx'
import type { StepProps } from './step.ts'

const ungated: ReadonlySet<AlarmTest['kind']> = new Set<AlarmTest['kind']>(['health', 'offline', 'meter'])

/** What is looked at, what is too much, and while what the rule looks at all. */
export function PointStep(props: StepProps) {
  const { content, put, points, problems } = props
  const tell = useFailureText()
  return (
    <Stack gap="md">
      {points.error && <Failed told={tell(points.error)} onRetry={points.retry} />}
      <Form {...props} />
      {!ungated.has(content.test.kind) && <GateFields gates={content.while} points={points} onChange={(gates) => put({ while: gates })} />}
      <Faults problems={problems} step="point" />
      {content.test.kind !== 'health' && <EffectPanel content={content} put={put} points={points} />}
    </Stack>
  )
}

function Form({ content, put, points }: StepProps) {
  const { t } = useTranslation()
  const { test } = content
  const set = (next: AlarmTest) => put({ test: next })
  switch (test.kind) {
    case 'limit':
      return <LimitForm test={test} points={points} put={put} />
    case 'rate':
      return <RateForm test={test} points={points} onChange={set} />
    case 'deviation':
      return <DeviationForm test={test} points={points} onChange={set} />
    case 'consumption':
      return <ConsumptionForm test={test} points={points} onChange={set} />
    case 'controller':
      return <ControllerForm test={test} points={points} onChange={set} />
    case 'sensor':
      return <SensorForm test={test} points={points} onChange={set} />
    case 'stuck':
      return <StuckForm test={test} points={points} onChange={set} />
    case 'missing':
      return <MissingForm test={test} points={points} onChange={set} />
    case 'meter':
      return <MeterForm test={test} onChange={set} />
    case 'health':
      return <HealthForm test={test} onChange={set} />
    case 'offline':
      return <Text>{t('alarms.rules.form.offline')}</Text>
  }
}
