import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../words.ts'
import { clockText } from './schedule.ts'
import type { Editor, Writable } from './setting-draft.ts'
import { useSettingText } from './setting-text.ts'

type WriteFieldProps = {
  point: Writable
  editor: Editor
  entered: number | ''
  disabled: boolean
  fault: string | null
  onChange: (entered: number | '') => void
}

/** Where the new value is entered. Nothing leaves the dialog while it is changed. */
export function WriteField({ point, editor, entered, disabled, fault, onChange }: WriteFieldProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useSettingText()
  if (editor.kind === 'list') {
    return (
      <NativeSelect
        label={t('write.new')}
        value={String(entered)}
        disabled={disabled}
        error={fault}
        data-autofocus
        data={[
          ...(entered === '' || !editor.values.includes(entered) ? [{ value: '', label: '–' }] : []),
          ...editor.values.map((value) => ({ value: String(value), label: text(point, value) })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange(value === '' ? '' : Number(value))}
      />
    )
  }
  if (editor.kind === 'time') {
    return (
      <TextInput
        type="time"
        label={t('write.new')}
        value={entered === '' ? '' : clockText(entered)}
        disabled={disabled}
        error={fault}
        data-autofocus
        onChange={({ currentTarget: { value } }) => {
          const [hours, minutes] = value.split(':').map(Number)
          onChange(hours === undefined || minutes === undefined ? '' : hours * 60 + minutes)
        }}
      />
    )
  }
  const { min, max } = point.write
  const { factor, decimals, step } = editor
  return (
    <NumberInput
      label={t('write.new')}
      description={t('write.range', { min: text(point, min), max: text(point, max) })}
      value={entered}
      disabled={disabled}
      error={fault}
      min={min / factor}
      max={max / factor}
      step={step}
      decimalScale={decimals}
      decimalSeparator={format.number(0.5, 1).slice(1, 2)}
      clampBehavior="none"
      suffix={factor === 60 ? ` ${t('write.minutes')}` : point.unit === '' ? '' : ` ${point.unit}`}
      data-autofocus
      onChange={(value) => onChange(typeof value === 'number' ? value : value === '' || value === '-' ? '' : Number(value))}
    />
  )
}
