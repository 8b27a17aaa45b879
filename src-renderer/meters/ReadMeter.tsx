import { Alert, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconBattery2, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { baudCommands } from '#shared/mbus/baud.ts'
import type { Meter } from '#shared/meters/contract.ts'
import { useAction, useActor, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { Telegram } from './Telegram.tsx'

const hourMs = 3_600_000
const rests = [6, 12, 24, 48, 168]

/** The last whole answer of a meter that is read directly, a read that a person wants now, and how it is powered. */
export function ReadMeter({ meter }: { meter: Meter }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const kept = useCall('meters.telegram', { id: meter.id }, { onOpen: true })
  const read = useAction('meters.read')
  const telegram = read.data ?? kept.data?.telegram ?? null
  const battery = meter.power === 'battery'
  return (
    <>
      <Panel title={t('meters.power.title')}>
        <Power meter={meter} />
      </Panel>
      <Panel
        title={t('meters.telegram.title')}
        actions={
          may('basic') && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              loading={read.isPending}
              onClick={() => read.mutate({ id: meter.id })}
            >
              {battery ? t('meters.readNow.battery') : t('meters.readNow.title')}
            </Button>
          )
        }
      >
        <Stack gap="sm">
          {battery && meter.reads && (
            <Text size="sm" c="dimmed">
              {t('meters.readNow.budget', { used: meter.reads.used, yearly: meter.reads.yearly })}
            </Text>
          )}
          {read.error && <Failed told={tell(read.error)} />}
          {telegram ? (
            <Telegram telegram={telegram} />
          ) : kept.isPending ? (
            <Loading rows={4} height={28} />
          ) : (
            <NoTelegram error={kept.error} />
          )}
        </Stack>
      </Panel>
    </>
  )
}

function NoTelegram({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  if (error) return <Failed told={tell(error)} />
  return (
    <Text size="sm" c="dimmed">
      {t('meters.telegram.none')}
    </Text>
  )
}

function Power({ meter }: { meter: Meter }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const change = useAction('meters.change')
  const hours = Math.round(meter.restMs / hourMs)
  return (
    <Stack gap="sm">
      <Group>
        <SegmentedControl
          value={meter.power ?? 'mains'}
          disabled={!may('full') || change.isPending}
          onChange={(power) => change.mutate({ id: meter.id, power: power === 'battery' ? 'battery' : 'mains' })}
          data={[
            { value: 'mains', label: t('meters.power.mains') },
            { value: 'battery', label: t('meters.power.battery') },
          ]}
        />
        {meter.power === 'battery' && (
          <Select
            aria-label={t('meters.power.rest')}
            value={String(hours)}
            disabled={!may('full') || change.isPending}
            allowDeselect={false}
            onChange={(value) => value !== null && change.mutate({ id: meter.id, restMs: Number(value) * hourMs })}
            data={[...new Set([...rests, hours])]
              .sort((a, b) => a - b)
              .map((rest) => ({ value: String(rest), label: t('meters.power.every', { count: rest }) }))}
          />
        )}
      </Group>
      {meter.power === 'battery' && (
        <Alert color="orange" icon={<IconBattery2 size={18} />}>
          {t('meters.power.warning')}
        </Alert>
      )}
      {change.error && <Failed told={tell(change.error)} />}
      {meter.baud !== null && may('full') && <Speed meter={meter} baud={meter.baud} />}
    </Stack>
  )
}

/** Switches the meter and its line, which only a serial port of this machine allows. */
function Speed({ meter, baud }: { meter: Meter; baud: number }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const set = useAction('meters.setBaud')
  return (
    <>
      <Select
        label={t('meters.line.baud')}
        description={t('meters.power.baudHint')}
        value={String(baud)}
        disabled={set.isPending}
        allowDeselect={false}
        onChange={(value) => value !== null && Number(value) !== baud && set.mutate({ id: meter.id, baud: Number(value) })}
        data={Object.keys(baudCommands)}
      />
      {set.error && <Failed told={tell(set.error)} />}
    </>
  )
}
