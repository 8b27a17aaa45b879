import { useState, type SyntheticEvent } from 'react'
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { addressKey } from '#shared/acquisition/address.ts'
import type { Device } from '#shared/devices/contract.ts'
import { Failure } from '#shared/failures.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { AddressFields } from './AddressFields.tsx'
import { TrustCertificate } from './TrustCertificate.tsx'
import { addressOf, draftOf, edited, type AddressDraft } from './address-draft.ts'

/** Follows a controller to a new address; its history goes with it. */
export function MoveForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const move = useAction('devices.change')
  const [draft, setDraft] = useState<AddressDraft>(() => draftOf(device.address))
  const [plainOutside, setConsent] = useState(false)
  const address = addressOf(draft, device.address)
  const changed = address !== null && placeKey(address) !== placeKey(device.address)
  const outside = move.error instanceof Failure && move.error.code === 'device.plainOutside'
  const { failure } = device.contact
  const refused = failure?.code === 'device.certificateUntrusted' ? new Failure(failure.code, failure.params) : null
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (changed) move.mutate({ id: device.id, ...address, plainOutside })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <AddressFields draft={draft} onChange={(change) => setDraft(edited(draft, change))} tried />
        {move.error && <Failed told={tell(move.error)} />}
        <TrustCertificate error={refused} onTrust={(tls) => move.mutate({ id: device.id, tls })} />
        {outside && (
          <Checkbox label={t('found.plainOutside')} checked={plainOutside} onChange={(event) => setConsent(event.currentTarget.checked)} />
        )}
        <Group>
          <Button type="submit" variant="default" loading={move.isPending} disabled={!changed}>
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

/** Line settings too: another speed is another connection. */
const placeKey = (address: Device['address']) => `${addressKey(address)} ${JSON.stringify([address.serial ?? null, address.tls ?? null])}`
