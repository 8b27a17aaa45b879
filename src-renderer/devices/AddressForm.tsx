import { useState, type SyntheticEvent } from 'react'
import { Button, Select, Stack } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import { AddressFields } from './AddressFields.tsx'
import { faultsOf, networkWays, toWay, type AddressDraft } from './address-draft.ts'

type AddressFormProps = {
  draft: AddressDraft
  ports?: readonly string[]
  onChange: (change: Partial<AddressDraft>) => void
  onSubmit: () => void
  busy: boolean
}

/** Where the controller is reached. */
export function AddressForm({ draft, ports, onChange, onSubmit, busy }: AddressFormProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faultsOf(draft)).length === 0) onSubmit()
  }
  return (
    <Panel>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <AddressFields draft={draft} onChange={onChange} tried={tried} autoFocus {...(ports ? { ports } : {})} />
          {networkWays.some((way) => way === draft.way) && (
            <Select
              label={t('connect.framing')}
              description={t('connect.framingHint')}
              data={networkWays.map((value) => ({ value, label: t(`way.${value}`) }))}
              value={draft.way}
              onChange={(way) => way && onChange(toWay(draft, way as AddressDraft['way']))}
              allowDeselect={false}
            />
          )}
          <Button type="submit" loading={busy} leftSection={<IconPlugConnected size={16} stroke={1.7} />} mt={4}>
            {t('connect.look')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
