import { type SyntheticEvent } from 'react'
import { Button, Group, NumberInput, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FoundMeterInfo } from '#shared/meters/contract.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { meterOf, type LineDraft } from './line-draft.ts'

type LookPanelProps = { draft: LineDraft; onChange: (change: Partial<LineDraft>) => void; onFound: (found: FoundMeterInfo) => void }

/** Asks the meter at one address. */
export function LookPanel({ draft, onChange, onFound }: LookPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const look = useAction('meters.look')
  const address = meterOf(draft)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (address) look.mutate(address, { onSuccess: onFound })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SegmentedControl
          value={draft.by}
          onChange={(by) => onChange({ by: by === 'secondary' ? 'secondary' : 'primary' })}
          data={[
            { value: 'primary', label: t('meters.add.primary') },
            { value: 'secondary', label: t('meters.add.secondary') },
          ]}
        />
        {draft.by === 'primary' ? (
          <NumberInput
            label={t('meters.add.unit')}
            description={t('meters.add.unitHint')}
            value={draft.unit}
            min={0}
            max={250}
            allowDecimal={false}
            onChange={(unit) => onChange({ unit: typeof unit === 'number' ? unit : '' })}
          />
        ) : (
          <TextInput
            label={t('meters.add.member')}
            description={t('meters.add.memberHint')}
            value={draft.member}
            maxLength={24}
            onChange={(event) => onChange({ member: event.currentTarget.value })}
          />
        )}
        {look.error && <Failed told={tell(look.error)} />}
        <Group>
          <Button type="submit" disabled={!address} loading={look.isPending}>
            {t('meters.add.look')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
