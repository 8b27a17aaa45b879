import { useState } from 'react'
import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { wayOf } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { Device } from '#shared/devices/contract.ts'
import { encryptionOf } from '#shared/devices/encryption.ts'
import { isSerial } from '#shared/devices/way.ts'
import { DoctorLink } from '../ui/DoctorLink.tsx'
import { useDevice } from '../device-context.ts'
import { useAction, useActor } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { ProfilePanel } from './commission/ProfilePanel.tsx'
import { TestNow } from './commission/TestNow.tsx'
import { MoveForm } from './MoveForm.tsx'
import { RenameForm } from './RenameForm.tsx'
import classes from './AboutTab.module.css'

/** What the device is, where it is reached, and its name. */
export function AboutTab() {
  const { t } = useTranslation()
  const device = useDevice()
  const format = useFormat()
  const { may } = useActor()
  const { identity, address } = device
  const isCalculated = address.way === 'calculated'
  return (
    <div className={classes['columns']}>
      <Stack gap="md">
        <Panel title={t('about.identity')}>
          <Facts
            rows={[
              [t('about.maker'), identity.maker],
              [t('about.model'), identity.model],
              [t('about.application'), identity.application],
              [t('about.applicationVersion'), identity.applicationVersion],
              [t('about.firmware'), identity.firmware],
              [t('about.hardware'), identity.hardware],
              [t('about.orderCode'), identity.orderCode],
              [t('about.serial'), identity.serial],
              [t('about.production'), identity.production],
            ]}
          />
        </Panel>
        {may('full') && (
          <Panel title={t('about.nameAndPlace')}>
            <RenameForm device={device} />
          </Panel>
        )}
      </Stack>
      <Stack gap="md">
        <Panel title={t('about.connection')} actions={address.way === 'push' || isCalculated ? null : <DoctorLink device={device.id} />}>
          <Facts
            rows={[
              ...addressRows(address, t),
              [t('about.encryption'), isCalculated ? null : <Encryption key="encryption" address={address} />],
              [t('about.profile'), isCalculated ? null : <Profile key="profile" device={device} />],
              [t('about.points'), t('about.pointCounts', pointCounts(device.points))],
              [t('about.unverified'), t('about.unverifiedCount', { count: device.points.filter(({ unverified }) => unverified).length })],
              [t('about.addedAt'), format.dateTime(device.addedAt)],
            ]}
          />
        </Panel>
        {may('full') && !isCalculated && <ProfilePanel device={device} />}
        {may('full') && !isCalculated && <TestNow id={device.id} />}
        {device.serviceLog && (
          <Panel title={t('about.serviceLog.title')}>
            <Stack gap="xs">
              <Text fw={600}>{t(`about.serviceLog.${device.serviceLog}`)}</Text>
              <Text size="sm">{t('about.serviceLog.why')}</Text>
              <Text size="sm">{t('about.serviceLog.instead')}</Text>
            </Stack>
          </Panel>
        )}
        {may('full') && !isCalculated && (
          <Panel title={t('about.address')}>
            <MoveForm device={device} />
          </Panel>
        )}
        {may('full') && <RemoveDevice />}
      </Stack>
    </div>
  )
}

function pointCounts(points: readonly { role: string; served: boolean }[]) {
  const served = points.filter((point) => point.served)
  const settings = served.filter(({ role }) => role === 'setting').length
  const measured = served.filter(({ role }) => role === 'measure' || role === 'state').length
  return { measured, settings, absent: points.length - served.length }
}

/** What of an address says something, in the words of its way. */
function addressRows(address: Address, t: TFunction): [string, string | null][] {
  const { host, port, unit, member = null, serial } = address
  const way = wayOf(address)
  if (way === 'calculated') return [[t('about.way'), t('way.calculated')]]
  return [
    [t('about.way'), t(`way.${way}`)],
    [isSerial(way) ? t('connect.serialPort') : t('about.host'), host],
    [t('about.port'), port === 0 ? null : String(port)],
    [
      t('about.line'),
      serial ? t('about.lineSettings', { baud: serial.baud, parity: t(`connect.parities.${serial.parity}`), stop: serial.stop }) : null,
    ],
    [t('about.unit'), way === 'opcua' || way === 'push' ? null : String(unit)],
    [t('about.member'), member],
  ]
}

/** What is known of who may read along, and no more than that. */
function Encryption({ address }: { address: Address }) {
  const { t } = useTranslation()
  const found = encryptionOf(address)
  return (
    <Stack gap={2}>
      <span data-encryption={found}>{t(`encryption.${found}`)}</span>
      <Text size="sm" c="dimmed">
        {t(`encryption.hint.${found}`)}
      </Text>
    </Stack>
  )
}

function Profile({ device: { profile: id, recognised, chosen, identity } }: { device: Device }) {
  const { t } = useTranslation()
  return (
    <Stack gap={4}>
      <span className={classes['code']}>{id}</span>
      <Group gap={6}>
        <Badge variant="outline" color={recognised ? 'gray' : 'caution'} tt="none" fw={500}>
          {chosen ? t('about.chosen') : recognised ? t('about.recognised') : t('about.general')}
        </Badge>
      </Group>
      {!recognised && (
        <Text size="sm" c="dimmed">
          {chosen ? t('about.chosenHint') : identity.application === null ? t('about.generalKindHint') : t('about.generalHint')}
        </Text>
      )}
    </Stack>
  )
}

function RemoveDevice() {
  const { t } = useTranslation()
  const device = useDevice()
  const remove = useAction('devices.remove')
  const tell = useFailureText()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  return (
    <Panel title={t('about.remove')}>
      <Text size="sm" mb="sm">
        {t('about.removeHint')}
      </Text>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('about.remove')}
      </Button>
      <Confirm
        opened={asking}
        title={t('about.removeQuestion', { name: device.name })}
        action={t('about.remove')}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ id: device.id }, { onSuccess: () => void navigate({ to: '/devices' }) })}
      >
        <Text>{t('about.removeHint')}</Text>
        {remove.error && <Failed told={tell(remove.error)} />}
      </Confirm>
    </Panel>
  )
}
