import { useState, type SyntheticEvent } from 'react'
import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import '@mantine/dates/styles.layer.css'
import { blankPlate, type Plate } from '#shared/energy/meter-hours.ts'
import { useAction, useActor, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'

/** What the plate of a meter says, for the checks. */
export function PlateForm({ meter }: { meter: string }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('energy.plates', {})
  if (!data && !error) return <Loading rows={2} height={36} />
  return (
    <Panel title={t('energy.plate.title')}>
      {data ? (
        <Fields key={meter} meter={meter} plate={data.find((one) => one.meter === meter) ?? blankPlate} />
      ) : (
        <Failed told={tell(error)} onRetry={() => void refetch()} />
      )}
    </Panel>
  )
}

const measures = [
  ['designPower', ' kW'],
  ['permanentFlow', ' m³/h'],
  ['smallestFlow', ' m³/h'],
] as const

function Fields({ meter, plate }: { meter: string; plate: Plate }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const save = useAction('energy.setPlate')
  const { designPower, permanentFlow, smallestFlow, side, verifiedUntil } = plate
  const [draft, setDraft] = useState<Plate>({ designPower, permanentFlow, smallestFlow, side, verifiedUntil })
  const set = (change: Partial<Plate>) => setDraft({ ...draft, ...change })
  const disabled = !may('full')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    save.mutate({ meter, ...draft })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('energy.plate.hint')}
        </Text>
        <Group grow align="flex-end">
          {measures.map(([name, suffix]) => (
            <NumberInput
              key={name}
              label={t(`energy.plate.${name}`)}
              suffix={suffix}
              value={draft[name] ?? ''}
              min={0}
              decimalScale={3}
              disabled={disabled}
              onChange={(value) => set({ [name]: typeof value === 'number' && value > 0 ? value : null })}
            />
          ))}
        </Group>
        <Group grow align="flex-end">
          <Select
            label={t('energy.plate.side')}
            value={draft.side ?? 'unknown'}
            allowDeselect={false}
            disabled={disabled}
            data={[
              { value: 'unknown', label: t('energy.plate.sideUnknown') },
              { value: 'flow', label: t('energy.plate.flow') },
              { value: 'return', label: t('energy.plate.return') },
            ]}
            onChange={(value) => set({ side: value === 'flow' || value === 'return' ? value : null })}
          />
          <DateInput
            label={t('energy.plate.verifiedUntil')}
            value={draft.verifiedUntil}
            valueFormat="YYYY-MM-DD"
            clearable
            disabled={disabled}
            onChange={(value) => set({ verifiedUntil: value === null ? null : value.slice(0, 10) })}
          />
        </Group>
        {save.error && <Failed told={tell(save.error)} />}
        {!disabled && (
          <Group justify="flex-end">
            {save.isSuccess && (
              <Text size="sm" c="dimmed" role="status">
                {t('saved')}
              </Text>
            )}
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('energy.plate.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
