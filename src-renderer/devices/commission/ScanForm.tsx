import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { Button, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '#shared/api.ts'
import { useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { Told } from '../../words.ts'
import { AddressFields } from '../AddressFields.tsx'
import { faultsOf, limits, startDraft, type AddressDraft } from '../address-draft.ts'
import classes from '../ConnectScreen.module.css'
import { parseUnits } from './parse-units.ts'
import { usePorts } from './use-ports.ts'

type ScanFormProps = { busy: boolean; failure: Told | null; onStart: (input: CallInput<'commissioning.startScan'>) => void }

const lineWays = ['modbus-rtu-tcp', 'modbus-tcp', 'modbus-serial'] as const

/** Where to look: a network with its addresses, or a line with its units. */
export function ScanForm({ busy, failure, onStart }: ScanFormProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'subnet' | 'line'>('subnet')
  const [patienceMs, setPatience] = useState<number | string>(700)
  const patience = Number(patienceMs)
  const ready = patience >= 100 && patience <= 5000
  const scan = (place: CallInput<'commissioning.startScan'>['place']) => ready && onStart({ place, patienceMs: patience })
  const patienceField = (
    <NumberInput
      label={t('scan.patience')}
      description={t('scan.patienceHint')}
      value={patienceMs}
      onChange={setPatience}
      suffix=" ms"
      step={100}
      error={ready ? undefined : t('connect.range', { min: 100, max: 5000 })}
    />
  )
  return (
    <Panel>
      <Stack gap="sm">
        <SegmentedControl
          value={kind}
          onChange={(next) => setKind(next === 'line' ? 'line' : 'subnet')}
          data={[
            { value: 'subnet', label: t('scan.network') },
            { value: 'line', label: t('scan.line') },
          ]}
        />
        {kind === 'subnet' ? (
          <NetworkFields busy={busy} onStart={scan} patience={patienceField} />
        ) : (
          <LineFields busy={busy} onStart={scan} patience={patienceField} />
        )}
        {failure && <Failed told={failure} />}
        <Text size="sm" c="dimmed">
          {t('scan.nothingWritten')}
        </Text>
      </Stack>
    </Panel>
  )
}

type FieldsProps = { busy: boolean; patience: ReactNode; onStart: (place: CallInput<'commissioning.startScan'>['place']) => void }

function NetworkFields({ busy, patience, onStart }: FieldsProps) {
  const { t } = useTranslation()
  const { data: subnets = [] } = useCall('commissioning.subnets', {})
  const [typed, setRange] = useState<string | null>(null)
  const [port, setPort] = useState<number | string>(502)
  const [units, setUnits] = useState('1')
  const [tried, setTried] = useState(false)
  const range = typed ?? subnets[0]?.range ?? ''
  const parsed = parseUnits(units)
  const portFits = Number(port) >= limits.port.min && Number(port) <= limits.port.max
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (range.trim() !== '' && parsed && portFits) onStart({ kind: 'subnet', range, port: Number(port), units: parsed })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {subnets.length > 1 && (
          <Select
            label={t('scan.own')}
            data={subnets.map((subnet) => ({ value: subnet.range, label: `${subnet.name} · ${subnet.range}` }))}
            value={subnets.some((subnet) => subnet.range === range) ? range : null}
            onChange={(next) => next && setRange(next)}
          />
        )}
        <TextInput
          label={t('scan.range')}
          description={t('scan.rangeHint')}
          value={range}
          onChange={(event) => setRange(event.currentTarget.value)}
          error={tried && range.trim() === '' ? t('connect.hostFault.missing') : undefined}
          spellCheck={false}
        />
        <div className={classes['pair']}>
          <NumberInput
            label={t('connect.port')}
            value={port}
            onChange={setPort}
            allowDecimal={false}
            hideControls
            error={tried && !portFits ? t('connect.range', limits.port) : undefined}
          />
          <TextInput
            label={t('scan.units')}
            value={units}
            onChange={(event) => setUnits(event.currentTarget.value)}
            error={tried && !parsed ? t('scan.unitsFault') : undefined}
          />
        </div>
        {patience}
        <Start busy={busy} />
      </Stack>
    </form>
  )
}

function LineFields({ busy, patience, onStart }: FieldsProps) {
  const { t } = useTranslation()
  const ports = usePorts()
  const [draft, setDraft] = useState<AddressDraft>({ ...startDraft, way: 'modbus-rtu-tcp' })
  const [from, setFrom] = useState<number | string>(1)
  const [to, setTo] = useState<number | string>(32)
  const [tried, setTried] = useState(false)
  const ordered = Number(from) >= 1 && Number(to) <= 255 && Number(from) <= Number(to)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (!ordered || Object.keys(faultsOf(draft)).length > 0) return
    const { way, host, port, baud, parity, stop } = draft
    const line =
      way === 'modbus-serial'
        ? { way, host: host.trim(), port: 0, serial: { baud: Number(baud), parity, stop } }
        : { way, host: host.trim(), port: Number(port) }
    onStart({ kind: 'line', line, from: Number(from), to: Number(to) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Select
          label={t('connect.way')}
          data={lineWays.map((value) => ({ value, label: t(`way.${value}`) }))}
          value={draft.way}
          onChange={(way) => way && setDraft({ ...draft, way: way as AddressDraft['way'], host: '' })}
          allowDeselect={false}
        />
        <AddressFields
          draft={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          tried={tried}
          withUnit={false}
          ports={ports.paths}
        />
        <div className={classes['pair']}>
          <NumberInput
            label={t('scan.from')}
            value={from}
            onChange={setFrom}
            allowDecimal={false}
            hideControls
            error={tried && !ordered ? t('connect.range', limits.unit) : undefined}
          />
          <NumberInput label={t('scan.to')} value={to} onChange={setTo} allowDecimal={false} hideControls />
        </div>
        {patience}
        <Start busy={busy} />
      </Stack>
    </form>
  )
}

function Start({ busy }: { busy: boolean }) {
  const { t } = useTranslation()
  return (
    <Button type="submit" loading={busy} leftSection={<IconRadar2 size={16} stroke={1.7} />}>
      {t('scan.start')}
    </Button>
  )
}
