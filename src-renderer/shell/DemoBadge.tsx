import { Suspense, lazy, useState } from 'react'
import { Menu, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconFlask2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useAction, useActor, useCall, useJob } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './DemoBadge.module.css'

const Confirm = lazy(() => import('../ui/Confirm.tsx').then((file) => ({ default: file.Confirm })))

/** Steps of simulated time and a clock that was set leave the town a little before or behind; more than this is another time. */
const sameTimeMs = 2 * 60_000

type Status = CallOutput<'simulator.status'>

/** Says that simulated houses are among the real ones, and of what time their values are; leads to the town and ends it. */
export function DemoBadge() {
  const { t } = useTranslation()
  const format = useFormat()
  const job = useJob('demo.open')
  const { data } = useCall('simulator.status', {}, { every: 5000 })
  const { may } = useActor()
  const [asking, setAsking] = useState(false)
  if (!data || (!data.running && !data.making)) return null
  const { making } = data
  const done = making && job?.state === 'running' ? job : making
  const other = !making && isOtherTime(data)
  const label = done
    ? t('demo.making', { done: format.number(done.done), total: format.number(done.total) })
    : other && data.now !== null
      ? `${t('demo.badge')}: ${format.dateTime(data.now)}`
      : t('demo.badge')
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }} width={300}>
        <Menu.Target>
          <UnstyledButton className={classes['badge']} aria-label={label} data-other-time={other || undefined}>
            <IconFlask2 size={16} stroke={1.6} aria-hidden />
            <span className={classes['label']}>{label}</span>
            {other && data.now !== null && <span className={classes['short']}>{format.weekday(data.now)}</span>}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label component="div">{making ? <Text size="xs">{label}</Text> : <About status={data} other={other} />}</Menu.Label>
          {!making && (
            <Menu.Item component={Link} to="/town">
              {t('demo.toTown')}
            </Menu.Item>
          )}
          {may('admin') && <Menu.Item onClick={() => setAsking(true)}>{making ? t('demo.cancel') : t('demo.close')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {asking && <Closing onClose={() => setAsking(false)} />}
    </>
  )
}

function About({ status, other }: { status: Status; other: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { now, speed, outdoor, opcua, meterLine } = status
  return (
    <Stack gap={2}>
      <span>{t('demo.about', { count: status.stations, name: status.name })}</span>
      {outdoor !== null && <Text size="xs">{t('demo.outdoor', { value: format.number(outdoor, 1) })}</Text>}
      {other && now !== null && <Text size="xs">{t('demo.time', { time: format.dateTime(now) })}</Text>}
      {speed !== null && speed !== 1 && (
        <Text size="xs">{speed === 0 ? t('demo.rests') : t('demo.speed', { speed: format.number(speed, speed < 10 ? 1 : 0) })}</Text>
      )}
      {other && <Text size="xs">{t('demo.otherTime')}</Text>}
      {opcua !== null && <Text size="xs">{t('demo.opcua', { address: opcua })}</Text>}
      {meterLine && <Text size="xs">{t('demo.meterLine', { address: `${meterLine.host}:${meterLine.port}` })}</Text>}
    </Stack>
  )
}

function Closing({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const close = useAction('simulator.close')
  const tell = useFailureText()
  return (
    <Suspense>
      <Confirm
        opened
        title={t('demo.close')}
        action={t('demo.close')}
        busy={close.isPending}
        onClose={onClose}
        onConfirm={() => close.mutate({}, { onSuccess: onClose })}
      >
        <Stack gap="sm">
          <Text>{t('demo.closeQuestion')}</Text>
          {close.error && <Failed told={tell(close.error)} />}
        </Stack>
      </Confirm>
    </Suspense>
  )
}

function isOtherTime({ speed, ahead }: Status): boolean {
  return (speed !== null && speed !== 1) || Math.abs(ahead ?? 0) > sameTimeMs
}
