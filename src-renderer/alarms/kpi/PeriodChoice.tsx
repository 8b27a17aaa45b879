import { ActionIcon, Group, SegmentedControl, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Address } from '../../address.ts'
import { useKpiWords } from './kpi-words.ts'
import { kpiPeriods, steppedKpi, type KpiPeriod } from './kpi-period.ts'

/** Which month or week is counted. */
export function PeriodChoice({ period, onChange }: { period: KpiPeriod; onChange: (words: Address) => void }) {
  const { t } = useTranslation()
  const words = useKpiWords()
  const [before, after] = [steppedKpi(period, -1), steppedKpi(period, 1)]
  return (
    <Group gap="xs" mb="sm">
      <SegmentedControl
        value={period.kind}
        onChange={(kind) => onChange({ period: kind === 'month' ? undefined : kind })}
        data={kpiPeriods.map((kind) => ({ value: kind, label: t(`alarms.kpi.period.${kind}`) }))}
        transitionDuration={0}
        aria-label={t('alarms.kpi.period.label')}
      />
      <Group gap={2}>
        <ActionIcon variant="subtle" size={34} aria-label={t('period.before')} onClick={() => before && onChange(before)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Text ta="center" miw={110} px={6} fw={500}>
          {words.period(period)}
        </Text>
        <ActionIcon
          variant="subtle"
          size={34}
          aria-label={t('period.after')}
          disabled={after === null}
          onClick={() => after && onChange(after)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </Group>
    </Group>
  )
}
