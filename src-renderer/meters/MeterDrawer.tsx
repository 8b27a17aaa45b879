import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconArrowsExchange } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Meter } from '#shared/meters/contract.ts'
import { MeterFindings } from '../consumption/MeterFindings.tsx'
import { PlateForm } from '../consumption/PlateForm.tsx'
import { useAction, useActor } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { MeterEvents } from './MeterEvents.tsx'
import { useMeterWords } from './meter-words.ts'
import { ReadMeter } from './ReadMeter.tsx'
import { ReplaceMeter } from './ReplaceMeter.tsx'

type MeterDrawerProps = {
  meter: Meter | null
  /** Opens with the form of a replacement. */
  replacing: boolean
  onClose: () => void
}

/** Everything about one meter, and what can be done with it. */
export function MeterDrawer({ meter, replacing, onClose }: MeterDrawerProps) {
  const { t } = useTranslation()
  const words = useMeterWords()
  return (
    <Drawer
      opened={meter !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={meter ? words.title(meter) : ''}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('meters.close') }}
    >
      {meter && <MeterBody key={meter.id} meter={meter} startReplacing={replacing} />}
    </Drawer>
  )
}

function MeterBody({ meter, startReplacing }: { meter: Meter; startReplacing: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useMeterWords()
  const { may } = useActor()
  const [replacing, { open, close }] = useDisclosure(startReplacing && may('full'))
  const { identity } = meter
  return (
    <Stack gap="md">
      {meter.changedTo && <Changed meter={meter} onReplace={open} />}
      {replacing && <ReplaceMeter meter={meter} onClose={close} />}
      <MeterFindings meter={meter.id} onReplace={open} />
      <Panel title={t('meters.identity')}>
        <Facts
          rows={[
            [t('meters.column.way'), t(`meters.wayLong.${meter.way}`)],
            [t('meters.serial'), identity.serial],
            [t('meters.maker'), identity.maker],
            [t('meters.mediumName'), words.medium(identity.medium)],
            [t('meters.version'), identity.version],
            [t('meters.profile'), meter.recognised ? meter.profileTitle : t('meters.unknownLong')],
            [t('meters.firstSeen'), format.dateTime(meter.firstSeen)],
            [t('meters.read'), meter.lastRead === null ? null : format.dateTime(meter.lastRead)],
            [t('meters.next'), meter.nextRead === null ? null : t('meters.spared', { time: format.dateTime(meter.nextRead) })],
          ]}
        />
        <Group mt="sm">
          <DeviceLink id={meter.device}>{t('meters.allValues')}</DeviceLink>
          <ButtonLink to="/energy" search={{ meter: meter.id, period: 'month' }} variant="default" size="xs">
            {t('energy.open')}
          </ButtonLink>
          {may('full') && !replacing && (
            <Button variant="default" size="xs" leftSection={<IconArrowsExchange size={14} />} onClick={open}>
              {t('meters.replace.title')}
            </Button>
          )}
        </Group>
      </Panel>
      {meter.way === 'direct' && <ReadMeter meter={meter} />}
      <PlateForm meter={meter.id} />
      <Panel title={t('meters.events.title')}>
        <MeterEvents meter={meter} />
      </Panel>
    </Stack>
  )
}

function Changed({ meter, onReplace }: { meter: Meter; onReplace: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { may } = useActor()
  const keep = useAction('meters.keep')
  if (!meter.changedTo) return null
  const { serial, at } = meter.changedTo
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={t('meters.changed.title')}>
      <Stack gap="xs">
        <Text size="sm">{t('meters.changed.text', { before: meter.identity.serial ?? '–', now: serial, time: format.dateTime(at) })}</Text>
        {keep.error && <Failed told={tell(keep.error)} />}
        {may('full') && (
          <Group>
            <Button size="xs" onClick={onReplace}>
              {t('meters.replace.title')}
            </Button>
            <Button size="xs" variant="default" loading={keep.isPending} onClick={() => keep.mutate({ id: meter.id })}>
              {t('meters.changed.keep')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}
