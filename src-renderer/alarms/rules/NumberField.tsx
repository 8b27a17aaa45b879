import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../words.ts'

type NumberFieldProps = {
  label: string
  description?: string | undefined
  unit?: string | undefined
  value: number | null
  onChange: (value: number | null) => void
  min?: number | undefined
  max?: number | undefined
  whole?: boolean
  /** An empty field is wrong. */
  needed?: boolean
  placeholder?: string | undefined
}

/** A number with its unit, in the signs of the language. Empty is null. */
export function NumberField({ label, description, unit = '', value, onChange, min, max, whole, needed, placeholder }: NumberFieldProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const empty = value === null || !Number.isFinite(value)
  return (
    <NumberInput
      label={label}
      description={description}
      suffix={unit === '' ? '' : ` ${unit}`}
      value={empty ? '' : value}
      onChange={(next) => onChange(typeof next === 'number' ? next : next === '' || next === '-' ? null : Number(next))}
      decimalSeparator={format.separators[0] ?? '.'}
      allowDecimal={!whole}
      allowNegative={(min ?? -1) < 0}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      placeholder={placeholder}
      error={needed && empty ? t('alarms.rules.fault.number') : undefined}
      hideControls
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="decimal"
    />
  )
}
