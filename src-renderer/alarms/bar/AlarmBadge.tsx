import { Button, Group, Menu, Stack, Switch, Text, UnstyledButton } from '@mantine/core'
import { IconBellRinging, IconClockPause, IconVolume, IconVolume3, IconVolumeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { priorities } from '#shared/alarms/priority.ts'
import type { AlarmSummary } from '#shared/alarms/row.ts'
import { useCall } from '../../host.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmSound, type AlarmSound } from './use-sound.ts'
import classes from './AlarmBadge.module.css'

const everyMs = 15_000

/** How many alarms stand by priority and how many are shelved, always in sight; beside it what is heard. */
export function AlarmBadge() {
  const { data } = useCall('alarms.summary', {}, { every: everyMs })
  const sound = useAlarmSound(data)
  if (!data) return null
  return (
    <div className={classes['badge']}>
      <Counts summary={data} />
      <SoundMenu sound={sound} />
    </div>
  )
}

function Counts({ summary }: { summary: AlarmSummary }) {
  const { t } = useTranslation()
  const counts = priorities.map((priority) => {
    const of = summary.priorities.find((one) => one.priority === priority)
    const unseen = (of?.unacknowledged ?? 0) + (of?.returned ?? 0)
    return { priority, unseen, active: of?.unacknowledged ?? 0, all: unseen + (of?.acknowledged ?? 0) }
  })
  const some = counts.filter(({ all }) => all > 0)
  const label = t('alarms.list.badge.label', {
    open: t('alarms.list.badge.open', { count: summary.open }),
    unseen: counts.reduce((sum, { unseen }) => sum + unseen, 0),
    shelved: summary.shelved,
  })
  return (
    <Link to="/alarms" className={classes['counts']} aria-label={label} title={label}>
      {some.length === 0 && <IconBellRinging size={17} stroke={1.6} aria-hidden />}
      {some.length === 0 && <span>{0}</span>}
      {some.map(({ priority, unseen, active, all }) => (
        <span key={priority} className={classes['count']} data-unseen={unseen > 0 || undefined}>
          <PriorityMark priority={priority} state={active > 0 ? 'unacknowledged' : unseen > 0 ? 'returned' : undefined} size={17} hidden />
          {all}
        </span>
      ))}
      {summary.shelved > 0 && (
        <span className={classes['shelved']}>
          <IconClockPause size={16} stroke={1.6} aria-hidden />
          {summary.shelved}
        </span>
      )}
    </Link>
  )
}

function SoundMenu({ sound }: { sound: AlarmSound }) {
  const { t } = useTranslation()
  const { on, playing, blocked } = sound
  const Drawing = !on ? IconVolumeOff : playing !== null && blocked ? IconVolume3 : IconVolume
  const label =
    playing === null
      ? on
        ? t('alarms.list.sound.on')
        : t('alarms.list.sound.off')
      : blocked
        ? t('alarms.list.sound.blocked')
        : t('alarms.list.sound.playing')
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }} width={290} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes['sound']} aria-label={label} title={label} data-playing={playing !== null || undefined}>
          <Drawing size={18} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap="sm" p="xs">
          {playing !== null && blocked && <Text size="sm">{t('alarms.list.sound.blockedHint')}</Text>}
          {playing !== null && (
            <Button onClick={sound.silence} leftSection={<IconVolumeOff size={16} stroke={1.7} aria-hidden />}>
              {t('alarms.list.sound.silence')}
            </Button>
          )}
          <Switch
            checked={on}
            onChange={(event) => sound.turn(event.currentTarget.checked)}
            label={t('alarms.list.sound.switch')}
            description={t('alarms.list.sound.hint')}
          />
          <Group gap={6}>
            <Text size="sm">{t('alarms.list.sound.test')}</Text>
            {priorities.map((priority) => (
              <UnstyledButton
                key={priority}
                className={classes['test']}
                onClick={() => sound.test(priority)}
                aria-label={t('alarms.list.sound.testOf', { priority: t(`alarms.words.priority.${priority}`) })}
              >
                <PriorityMark priority={priority} hidden />
              </UnstyledButton>
            ))}
          </Group>
        </Stack>
      </Menu.Dropdown>
    </Menu>
  )
}
