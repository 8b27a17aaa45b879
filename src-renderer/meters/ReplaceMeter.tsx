import { useMemo, useState, type SyntheticEvent } from 'react'
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import '@mantine/dates/styles.layer.css'
import type { Meter, Replacement } from '#shared/meters/contract.ts'
import { createCalendar } from '#shared/calendar.ts'
import { useAction, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'

type Props = { meter: Meter; onClose: () => void }

/** Notes that a meter was replaced. What history knows stands there already. */
export function ReplaceMeter({ meter, onClose }: Props) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('meters.proposal', { id: meter.id }, { onOpen: true })
  return (
    <Panel title={t('meters.replace.title')}>
      {data ? (
        <ReplaceForm meter={meter} proposal={data} onClose={onClose} />
      ) : error ? (
        <Failed told={tell(error)} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={4} height={36} />
      )}
    </Panel>
  )
}

const indexes = ['finalEnergy', 'firstEnergy', 'finalVolume', 'firstVolume'] as const

function ReplaceForm({ meter, proposal, onClose }: Props & { proposal: Replacement }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { timeZone } = useFormat()
  const calendar = useMemo(() => createCalendar(timeZone), [timeZone])
  const replace = useAction('meters.replace')
  const [draft, setDraft] = useState(proposal)
  const [reason, setReason] = useState('')
  const shown = indexes.filter((name) => (name.endsWith('Energy') ? meter.values.energy : meter.values.volume) !== undefined)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const { oldSerial: _, ...asked } = draft
    replace.mutate({ id: meter.id, ...asked, newSerial: asked.newSerial?.trim() || null, reason }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t('meters.replace.text')}</Text>
        <DateTimePicker
          label={t('meters.replace.at')}
          description={t('meters.replace.atHint')}
          value={calendar.timeAt(draft.at)}
          onChange={(value) => value !== null && setDraft({ ...draft, at: calendar.momentOf(value.replace(' ', 'T')) })}
          valueFormat="YYYY-MM-DD HH:mm"
        />
        <TextInput
          label={t('meters.replace.newSerial')}
          value={draft.newSerial ?? ''}
          maxLength={40}
          onChange={(event) => setDraft({ ...draft, newSerial: event.currentTarget.value })}
        />
        <Group grow align="flex-end">
          {shown.map((name) => (
            <NumberInput
              key={name}
              label={t(`meters.replace.${name}`)}
              suffix={name.endsWith('Energy') ? ' kWh' : ' m³'}
              value={draft[name] ?? ''}
              min={0}
              decimalScale={4}
              onChange={(value) => setDraft({ ...draft, [name]: typeof value === 'number' ? value : null })}
            />
          ))}
        </Group>
        <TextInput
          label={t('meters.replace.reason')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {replace.error && <Failed told={tell(replace.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={replace.isPending}>
            {t('meters.replace.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
