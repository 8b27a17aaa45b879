import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isSerial } from '#shared/devices/way.ts'
import { faultsOf, limits, splitHost, unitLimits, type AddressDraft } from './address-draft.ts'
import classes from './ConnectScreen.module.css'

type AddressFieldsProps = {
  draft: AddressDraft
  onChange: (change: Partial<AddressDraft>) => void
  /** Faults show only once somebody has tried to go on. */
  tried: boolean
  /** Paths of serial ports to choose from; others can be typed. */
  ports?: readonly string[]
  /** Asks for the unit too; a scan asks for a range of them itself. */
  withUnit?: boolean
  autoFocus?: boolean
}

const rates = ['300', '600', '1200', '2400', '4800', '9600', '19200', '38400', '57600', '115200']

/** Host and port, or serial port and line settings, whatever the way of the draft needs. */
export function AddressFields({ draft, onChange, tried, ports = [], withUnit = true, autoFocus = false }: AddressFieldsProps) {
  const { t } = useTranslation()
  const faults = faultsOf(draft)
  const unit = unitLimits(draft.way)
  const hostFault = tried && faults.host ? t(`connect.hostFault.${faults.host}`) : undefined
  const unitField = withUnit && (
    <NumberInput
      label={t('connect.unit')}
      description={t('connect.unitHint')}
      value={draft.unit}
      onChange={(value) => onChange({ unit: value })}
      allowDecimal={false}
      allowNegative={false}
      error={tried && faults.unit ? t('connect.range', unit) : undefined}
      hideControls
    />
  )
  if (isSerial(draft.way))
    return (
      <>
        <Autocomplete
          label={t('connect.serialPort')}
          description={t('connect.serialPortHint')}
          data={[...ports]}
          value={draft.host}
          onChange={(host) => onChange({ host })}
          error={hostFault}
          autoComplete="off"
          spellCheck={false}
        />
        <div className={classes['triple']}>
          <Autocomplete
            label={t('connect.baud')}
            data={rates}
            value={String(draft.baud)}
            onChange={(baud) => onChange({ baud })}
            error={tried && faults.baud ? t('connect.range', limits.baud) : undefined}
          />
          <Select
            label={t('connect.parity')}
            data={(['even', 'none', 'odd'] as const).map((value) => ({ value, label: t(`connect.parities.${value}`) }))}
            value={draft.parity}
            onChange={(parity) => parity && onChange({ parity: parity as AddressDraft['parity'] })}
            allowDeselect={false}
          />
          <Select
            label={t('connect.stop')}
            data={['1', '2']}
            value={String(draft.stop)}
            onChange={(stop) => onChange({ stop: stop === '2' ? 2 : 1 })}
            allowDeselect={false}
          />
        </div>
        {unitField}
      </>
    )
  return (
    <>
      <TextInput
        label={t('connect.host')}
        description={t('connect.hostHint')}
        placeholder={t('connect.hostExample')}
        value={draft.host}
        onChange={(event) => onChange(splitHost(event.currentTarget.value))}
        error={hostFault}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus={autoFocus}
      />
      {draft.way !== 'push' && (
        <div className={classes['pair']}>
          <NumberInput
            label={t('connect.port')}
            description={t('connect.portHint')}
            value={draft.port}
            onChange={(port) => onChange({ port })}
            allowDecimal={false}
            allowNegative={false}
            error={tried && faults.port ? t('connect.range', limits.port) : undefined}
            hideControls
          />
          {draft.way !== 'opcua' && unitField}
        </div>
      )}
    </>
  )
}
