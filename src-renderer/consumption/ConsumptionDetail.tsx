import { Button, Stack, Table, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMeterWords } from '../meters/meter-words.ts'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'
import { Bars } from './Bars.tsx'
import { decimalsOf, unitOf, type Step } from './consumption-address.ts'
import type { ConsumptionRow } from './ConsumptionTable.tsx'
import { useMarks } from './marks.ts'
import classes from './ConsumptionTable.module.css'

type ConsumptionDetailProps = { row: ConsumptionRow; edges: readonly number[]; greyBelow: number; step: Step; onBack: () => void }

/** One meter, interval by interval: drawn and in figures. */
export function ConsumptionDetail({ row: { meter, line }, edges, greyBelow, step, onBack }: ConsumptionDetailProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useMeterWords()
  const marksOf = useMarks()
  const { quantity, total } = line
  const [unit, decimals] = [unitOf[quantity], decimalsOf[quantity]]
  const partial = new Set(line.partial)
  const nameOf = (at: number) =>
    step === 'hour' ? `${format.weekday(at)} ${format.timeZoned(at)}` : step === 'day' ? format.weekday(at) : format.month(at)
  const bars = line.value.map((value, i) => {
    const at = edges[i] ?? 0
    return { at, label: nameOf(at), value, interpolated: line.interpolated[i] ?? 0, isGrey: (line.valid[i] ?? 0) < greyBelow }
  })
  const amount = (value: number | null) => (value === null ? '–' : `${format.number(value, decimals)} ${unit}`)
  return (
    <Stack gap="sm">
      <div>
        <Button variant="default" size="xs" leftSection={<IconArrowLeft size={14} />} onClick={onBack}>
          {t('energy.all')}
        </Button>
      </div>
      <Panel title={`${words.title(meter)}: ${amount(total.value)}`}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {marksOf(total, quantity, greyBelow).join(', ')}
          </Text>
          <Bars bars={bars} unit={unit} decimals={decimals} label={t('energy.course', { name: words.title(meter) })} />
          <div className={classes['parts']}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('energy.column.interval')}</Table.Th>
                  <Table.Th ta="right">{t('energy.column.value')}</Table.Th>
                  <Table.Th ta="right">{t('energy.column.valid')}</Table.Th>
                  <Table.Th>{t('energy.column.marks')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {bars.map((bar, i) => (
                  <Table.Tr key={bar.at} data-part>
                    <Table.Td>{bar.label}</Table.Td>
                    <Table.Td ta="right" {...(bar.isGrey ? { c: 'dimmed' } : {})}>
                      {amount(bar.value)}
                    </Table.Td>
                    <Table.Td ta="right">{`${format.number(Math.floor((line.valid[i] ?? 0) * 100))} %`}</Table.Td>
                    <Table.Td c="dimmed">
                      {[
                        partial.has(i) ? t('energy.mark.partial') : null,
                        bar.interpolated > 10 ** -decimals / 2 ? t('energy.mark.interpolated', { value: amount(bar.interpolated) }) : null,
                      ]
                        .filter((one) => one !== null)
                        .join(', ')}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </Stack>
      </Panel>
    </Stack>
  )
}
