import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Address } from '#shared/acquisition/port.ts'
import type { ScanHit } from '#shared/commissioning/contract.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { tellCode, useFormat, useLookup } from '../../words.ts'
import classes from '../ConnectScreen.module.css'
import { WinkButton } from './WinkButton.tsx'

/** One thing that answered: what it is, how to find it in the cellar, and the way to connect it. */
export function ScanHitRow({ hit, onConnect }: { hit: ScanHit; onConnect: (address: Address) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const lookup = useLookup('failures')
  const { address, finding, failure, device } = hit
  const place = t('scan.place', { host: address.host, port: address.port, unit: address.unit })
  const details = finding && [
    finding.identity.serial === null ? null : t('scan.serial', { serial: finding.identity.serial }),
    finding.identity.firmware === null ? null : t('scan.firmware', { firmware: finding.identity.firmware }),
    finding.answerMs === null ? null : format.milliseconds(finding.answerMs),
  ]
  return (
    <li className={classes['hit']} data-hit={`${address.host}/${address.unit}`}>
      <div className={classes['hitWords']}>
        <Text fw={600}>
          {finding
            ? [finding.identity.model, finding.identity.application].filter(Boolean).join(' ')
            : device
              ? device.name
              : failure
                ? tellCode(failure.code, failure.params, lookup, t).title
                : t('scan.known')}
        </Text>
        <Text size="sm" c="dimmed">
          {[place, ...(details ?? [])].filter((word) => word !== null).join(' · ')}
        </Text>
      </div>
      {device ? (
        <Text size="sm">
          {t('scan.added')} <DeviceLink id={device.id}>{device.name}</DeviceLink>
        </Text>
      ) : (
        <Group gap="xs">
          {finding?.wink && <WinkButton address={address} />}
          {(finding !== null || failure !== null) && (
            <Button size="xs" variant="default" onClick={() => onConnect(address)}>
              {t('scan.connect')}
            </Button>
          )}
        </Group>
      )}
    </li>
  )
}
