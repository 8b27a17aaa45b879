import { useState, type SyntheticEvent } from 'react'
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { addressOf, faultsOf, limits, type AddressDraft } from './address-draft.ts'
import classes from './ConnectScreen.module.css'

/** Follows a controller to a new address; its history goes with it. */
export function MoveForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const move = useAction('devices.change')
  const [draft, setDraft] = useState<AddressDraft>(device.address)
  const faults = faultsOf(draft)
  const address = addressOf(draft)
  const { host, port, unit } = device.address
  const changed = draft.host.trim() !== host || Number(draft.port) !== port || Number(draft.unit) !== unit
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (address && changed) move.mutate({ id: device.id, ...address })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('connect.host')}
          value={draft.host}
          onChange={(event) => setDraft({ ...draft, host: event.currentTarget.value })}
          error={faults.host ? t(`connect.hostFault.${faults.host === 'spaces' ? 'spaces' : 'missing'}`) : undefined}
          spellCheck={false}
        />
        <div className={classes['pair']}>
          {(['port', 'unit'] as const).map((field) => (
            <NumberInput
              key={field}
              label={t(`connect.${field}`)}
              value={draft[field]}
              onChange={(value) => setDraft({ ...draft, [field]: value })}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              error={faults[field] ? t('connect.range', limits[field]) : undefined}
            />
          ))}
        </div>
        {move.error && <Failed told={tell(move.error)} />}
        <Group>
          <Button type="submit" variant="default" loading={move.isPending} disabled={!changed || address === null}>
            {t('about.move')}
          </Button>
          {move.isSuccess && !changed && (
            <Text size="sm" c="dimmed" role="status">
              {t('saved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}
