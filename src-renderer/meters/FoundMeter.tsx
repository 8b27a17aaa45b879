import { useState, type SyntheticEvent } from 'react'
import { Alert, Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FoundMeterInfo } from '#shared/meters/contract.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { Telegram } from './Telegram.tsx'

type FoundMeterProps = { found: FoundMeterInfo; onBack: () => void; onAdded: () => void }

/** What answered, and the last words before it is in the list. */
export function FoundMeter({ found, onBack, onAdded }: FoundMeterProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const add = useAction('meters.add')
  const [name, setName] = useState(found.proposedName)
  const [place, setPlace] = useState('')
  const [power, setPower] = useState<'mains' | 'battery'>('mains')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    add.mutate({ ...found.address, name, place, power }, { onSuccess: onAdded })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {found.known !== null && <Alert color="orange">{t('meters.add.known', { name: found.known })}</Alert>}
        <Alert color={found.profile === null ? 'orange' : 'gray'}>
          {found.profile === null ? t('meters.unknownLong') : t('meters.add.recognised', { title: found.profileTitle })}
        </Alert>
        <Group grow align="flex-start">
          <TextInput label={t('device.name')} value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t('device.place')} value={place} maxLength={120} onChange={(event) => setPlace(event.currentTarget.value)} />
        </Group>
        <SegmentedControl
          value={power}
          onChange={(value) => setPower(value === 'battery' ? 'battery' : 'mains')}
          data={[
            { value: 'mains', label: t('meters.power.mains') },
            { value: 'battery', label: t('meters.power.battery') },
          ]}
        />
        {power === 'battery' && <Alert color="orange">{t('meters.power.warning')}</Alert>}
        {add.error && <Failed told={tell(add.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t('meters.add.back')}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={name.trim() === '' || found.known !== null}>
            {t('meters.add.save')}
          </Button>
        </Group>
        <Telegram telegram={found.telegram} />
      </Stack>
    </form>
  )
}
