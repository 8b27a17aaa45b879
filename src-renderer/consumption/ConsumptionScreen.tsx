import { useMemo } from 'react'
import { Button, Group, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconGauge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { PeriodBar } from '../period/PeriodBar.tsx'
import { usePeriod } from '../period/use-period.ts'
import { useCall, useHost } from '../host.ts'
import { arrange } from '../meters/meter-rows.ts'
import { useMeterWords } from '../meters/meter-words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { decimalsOf, quantityOf, stepOf, stepsFor, unitOf } from './consumption-address.ts'
import { consumptionCsv } from './consumption-csv.ts'
import { ConsumptionDetail } from './ConsumptionDetail.tsx'
import { ConsumptionTable, type ConsumptionRow } from './ConsumptionTable.tsx'
import { saveText } from './save-text.ts'

const quarterMs = 15 * 60_000

/** What meters used by hour, day or month. Period, step, register, filter and the meter looked at stand in the address bar. */
export function Screen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const [address, change] = useAddress()
  const { now } = useHost()
  const { period, calendar } = usePeriod()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const words = useMeterWords()
  const [step, quantity, text] = [stepOf(address, period), quantityOf(address), address['text'] ?? '']
  const to = Math.min(period.to, (Math.floor(now() / quarterMs) + 1) * quarterMs)
  const meters = useCall('meters.list', {})
  const asked = { from: period.from, to, step, quantity: [quantity] }
  const used = useCall('energy.consumption', asked, { enabled: period.from < to, keep: true })
  const rows = useMemo((): ConsumptionRow[] => {
    const lines = new Map(used.data?.lines.filter((line) => line.quantity === quantity).map((line) => [line.meter, line]))
    return arrange(meters.data ?? [], text).flatMap((meter) => {
      const line = lines.get(meter.id)
      return line ? [{ meter, line }] : []
    })
  }, [meters.data, used.data, text, quantity])
  const error = meters.error ?? used.error
  const edges = used.data?.edges ?? []
  const greyBelow = used.data?.greyBelow ?? 0
  const opened = rows.find(({ meter }) => meter.id === address['meter'])
  const sum = rows.reduce((total, { line }) => total + (line.total.value ?? 0), 0)
  const missing = rows.filter(({ line }) => !line.total.complete).length
  const note = [
    t('energy.sum', { count: rows.length, value: `${format.number(sum, decimalsOf[quantity])} ${unitOf[quantity]}` }),
    missing > 0 ? t('energy.sumPartly', { missing }) : null,
  ]
  const save = () => {
    const shown = opened ? [opened] : rows
    const csv = consumptionCsv(
      shown.map(({ meter, line }) => ({ name: words.title(meter), serial: meter.identity.serial ?? '', line })),
      edges,
      (word) => t(`energy.csvColumn.${word}`),
      format.separators.startsWith(',') ? 'comma' : 'point',
      (at) => calendar.timeAt(at).replace('T', ' '),
    )
    saveText(`${calendar.dateAt(period.from)}_${calendar.dateAt(to - 1)}.csv`, csv)
  }
  return (
    <>
      <PageTop title={t('energy.title')} note={used.data ? note.filter((one) => one !== null).join(' · ') : t('energy.note')}>
        <SearchField
          label={t('energy.filter')}
          value={text}
          onChange={(words2) => change({ text: words2 === '' ? undefined : words2, meter: undefined })}
          width={phone ? '100%' : 260}
        />
        <Button variant="default" leftSection={<IconDownload size={16} />} disabled={rows.length === 0} onClick={save}>
          {t('energy.csv')}
        </Button>
      </PageTop>
      <Group gap="sm" mb="sm">
        <PeriodBar period={period} calendar={calendar} onChange={(words2) => change({ ...words2, step: undefined }, { push: true })} />
        <SegmentedControl
          value={step}
          onChange={(value) => change({ step: value })}
          data={stepsFor(period).map((value) => ({ value, label: t(`energy.step.${value}`) }))}
          transitionDuration={0}
          aria-label={t('energy.step.label')}
        />
        <SegmentedControl
          value={quantity}
          onChange={(value) => change({ register: value === 'volume' ? value : undefined })}
          data={(['energy', 'volume'] as const).map((value) => ({ value, label: t(`energy.quantity.${value}`) }))}
          transitionDuration={0}
          aria-label={t('energy.quantity.label')}
        />
      </Group>
      {error ? (
        <Failed told={tell(error)} onRetry={() => void Promise.all([meters.refetch(), used.refetch()])} centred />
      ) : !meters.data || !used.data ? (
        <Loading rows={8} height={56} />
      ) : rows.length === 0 ? (
        <Empty icon={IconGauge} title={t('energy.none.title')} hint={t('energy.none.hint')} />
      ) : opened ? (
        <ConsumptionDetail
          row={opened}
          edges={edges}
          greyBelow={greyBelow}
          step={step}
          onBack={() => change({ meter: undefined }, { push: true })}
        />
      ) : (
        <ConsumptionTable rows={rows} edges={edges} greyBelow={greyBelow} onOpen={(meter) => change({ meter }, { push: true })} />
      )}
    </>
  )
}
