import { useState, type SyntheticEvent } from 'react'
import { Alert, Button, Group, Modal, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inputTypes, voltageQuantities, type Input } from '#shared/inputs/contract.ts'
import { units } from '#shared/units.ts'
import { useAction, useReadings } from '../host.ts'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { configOf, draftOf, type InputDraft } from './input-draft.ts'
import { rawOf, rawText } from './raw.ts'
import classes from './InputsTab.module.css'

type InputDialogProps = { device: string; input: Input; name: string; onClose: () => void }

/** What hangs on an input: its kind, its name, and for a voltage the line from raw value to value. */
export function InputDialog({ device, input, name, onClose }: InputDialogProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const save = useAction('inputs.configure')
  const reading = useReadings([input.series])(input.series)
  const [draft, setDraft] = useState(() => draftOf(input))
  const change = (part: Partial<InputDraft>) => setDraft({ ...draft, ...part })
  const config = configOf(draft)
  const raw = rawOf(input, reading)
  const unit = draft.type === 'voltage' ? units[draft.quantity] : draft.type === 'pt1000' ? units.temperature : ''
  const scaled = raw === null || !config ? '–' : `${format.number(raw * config.scale + config.offset, 2)}${unit && `\u00a0${unit}`}`
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (config) save.mutate({ id: device, input: input.input, ...config }, { onSuccess: onClose })
  }
  const number = (field: 'rawLow' | 'low' | 'rawHigh' | 'high') => (
    <NumberInput
      label={t(`inputs.${field}`)}
      value={draft[field]}
      decimalSeparator={format.number(0.5, 1).slice(1, 2)}
      onChange={(value) => change({ [field]: typeof value === 'number' ? value : '' })}
    />
  )
  return (
    <Modal opened onClose={onClose} title={t('inputs.dialog', { name })} centered transitionProps={{ duration: 0 }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <NativeSelect
            label={t('inputs.kind')}
            value={draft.type}
            data={inputTypes.map((type) => ({ value: type, label: t(`inputs.type.${type}`) }))}
            onChange={({ currentTarget: { value } }) => change({ type: inputTypes.find((one) => one === value) ?? draft.type })}
            data-autofocus
          />
          <TextInput
            label={t('inputs.name')}
            maxLength={80}
            value={draft.name}
            onChange={({ currentTarget: { value } }) => change({ name: value })}
          />
          {draft.type === 'voltage' && (
            <>
              <NativeSelect
                label={t('inputs.unit')}
                value={draft.quantity}
                data={voltageQuantities.map((one) => ({
                  value: one,
                  label: [t(`inputs.quantity.${one}`), units[one]].filter(Boolean).join(', '),
                }))}
                onChange={({ currentTarget: { value } }) =>
                  change({ quantity: voltageQuantities.find((one) => one === value) ?? draft.quantity })
                }
              />
              <div className={classes['pairs']}>
                {number('rawLow')}
                {number('low')}
                {number('rawHigh')}
                {number('high')}
              </div>
            </>
          )}
          {draft.type !== 'pt1000' && (
            <Alert color="caution" variant="light" icon={<IconAlertTriangle size={18} stroke={1.8} />}>
              {t(`inputs.unverified.${draft.type}`)}
            </Alert>
          )}
          <Facts
            rows={[
              [t('inputs.rawNow'), rawText(input, reading) ?? t('inputs.open')],
              [t('inputs.valueNow'), scaled],
            ]}
          />
          <Text size="sm" c="dimmed">
            {t('inputs.nothingWritten')}
          </Text>
          {save.error && <Failed told={tell(save.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!config} loading={save.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
