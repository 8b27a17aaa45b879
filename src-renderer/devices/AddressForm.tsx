import { useState, type SyntheticEvent } from 'react'
import { Button, NumberInput, Stack, TextInput } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import { faultsOf, limits, splitHost, type AddressDraft } from './address-draft.ts'
import classes from './ConnectScreen.module.css'

type AddressFormProps = { draft: AddressDraft; onChange: (change: Partial<AddressDraft>) => void; onSubmit: () => void; busy: boolean }

/** Where the controller is reached. Faults show once somebody has tried to go on. */
export function AddressForm({ draft, onChange, onSubmit, busy }: AddressFormProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const faults = faultsOf(draft)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faults).length === 0) onSubmit()
  }
  return (
    <Panel>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('connect.host')}
            description={t('connect.hostHint')}
            placeholder={t('connect.hostExample')}
            value={draft.host}
            onChange={(event) => onChange(splitHost(event.currentTarget.value))}
            error={tried && faults.host ? t(`connect.hostFault.${faults.host === 'spaces' ? 'spaces' : 'missing'}`) : undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
          />
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
            <NumberInput
              label={t('connect.unit')}
              description={t('connect.unitHint')}
              value={draft.unit}
              onChange={(unit) => onChange({ unit })}
              allowDecimal={false}
              allowNegative={false}
              error={tried && faults.unit ? t('connect.range', limits.unit) : undefined}
              hideControls
            />
          </div>
          <Button type="submit" loading={busy} leftSection={<IconPlugConnected size={16} stroke={1.7} />} mt={4}>
            {t('connect.look')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
