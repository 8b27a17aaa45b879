import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem, Step } from '../problems.ts'

/** What is still missing or wrong in a step, in words. */
export function Faults({ problems, step }: { problems: readonly Problem[]; step: Step }) {
  const { t } = useTranslation()
  const own = [...new Set(problems.filter((problem) => problem.step === step).map(({ code }) => code))]
  if (own.length === 0) return null
  return (
    <div role="status">
      {own.map((code) => (
        <Text key={code} size="sm" c="caution" fw={600} data-fault={code}>
          {t(`alarms.rules.fault.${code}`)}
        </Text>
      ))}
    </div>
  )
}
