import { useMemo } from 'react'
import { Button, Group, Loader, Menu, SegmentedControl, Text } from '@mantine/core'
import { IconChevronDown, IconPlayerSkipForward, IconSun, IconTemperature } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useAction, useActor, useHost, useJob, useNow } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { isOwnTime, jumps, pacesWith } from './pace.ts'
import type { Picture } from './town.ts'
import { useTownWords } from './words.ts'
import classes from './TimeBar.module.css'

type TimeBarProps = { status: CallOutput<'simulator.status'>; picture: Picture | undefined }

/** Time and weather of the town, and how fast its time runs. */
export function TimeBar({ status, picture }: TimeBarProps) {
  const { t } = useTranslation()
  const { celsius, value } = useTownWords()
  const outdoor = picture?.outdoor ?? status.outdoor
  return (
    <section className={classes['bar']} aria-label={t('town.time.label')}>
      <Clock status={status} picture={picture} />
      <div className={classes['weather']}>
        <span title={t('town.time.outdoor')}>
          <IconTemperature size={17} stroke={1.6} aria-label={t('town.time.outdoor')} role="img" />
          {celsius(outdoor)}
        </span>
        {picture && (
          <span title={t('town.time.sun')}>
            <IconSun size={17} stroke={1.6} aria-label={t('town.time.sun')} role="img" />
            {value(picture.sun, 0, 'W/m²')}
          </span>
        )}
      </div>
      <Controls speed={picture?.speed ?? status.speed ?? 1} />
    </section>
  )
}

function Clock({ status, picture }: TimeBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const host = useHost()
  const now = useNow()
  const [told, speed] = [picture?.at ?? status.now, picture?.speed ?? status.speed ?? 1]
  // Between two pictures the clock goes on by itself.
  const seenAt = useMemo(() => (told === null ? 0 : host.now()), [told, host])
  if (told === null) return null
  const at = told + Math.max(0, now - seenAt) * speed
  const ahead = status.ahead ?? 0
  const span = format.span(Math.abs(ahead))
  return (
    <div className={classes['clock']}>
      <Text span fw={600} size="lg" className={classes['digits'] ?? ''} data-town-time>
        {`${format.weekday(at)}, ${format.timeSeconds(at)}`}
      </Text>
      {isOwnTime(ahead) && (
        <Text size="xs" c="dimmed">
          {t(ahead > 0 ? 'town.time.ahead' : 'town.time.behind', { span })}
        </Text>
      )}
    </div>
  )
}

function Controls({ speed }: { speed: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { may } = useActor()
  const pace = useAction('simulator.pace')
  const jump = useAction('simulator.jump')
  const wanted = pace.isPending ? (pace.variables?.speed ?? speed) : speed
  const name = (one: number) => (one === 0 ? t('town.pace.rest') : `${format.number(one, Number.isInteger(one) ? 0 : 1)}×`)
  const job = useJob('demo.jump')
  const jumping = jump.isPending || job?.state === 'running'
  const failed = pace.error ?? jump.error
  if (!may('full')) return <Text size="sm">{speed === 0 ? t('town.pace.rests') : t('town.pace.runs', { pace: name(speed) })}</Text>
  return (
    <>
      <Group gap="xs" className={classes['controls'] ?? ''}>
        <SegmentedControl
          aria-label={t('town.pace.label')}
          value={String(wanted)}
          onChange={(value) => pace.mutate({ speed: Number(value) })}
          disabled={jumping}
          data={pacesWith(wanted).map((one) => ({ value: String(one), label: name(one) }))}
          transitionDuration={0}
        />
        {jumping ? (
          <Group gap={8} role="status">
            <Loader size={16} />
            <Text size="sm">
              {job?.state === 'running' && job.total > 0
                ? t('town.jump.done', { share: format.number(Math.floor((100 * job.done) / job.total)) })
                : t('town.jump.running')}
            </Text>
          </Group>
        ) : (
          <Menu position="bottom-end" transitionProps={{ duration: 0 }} withinPortal>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconPlayerSkipForward size={16} stroke={1.6} aria-hidden />}
                rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
              >
                {t('town.jump.label')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label maw={260} fw={400}>
                {t('town.jump.hint')}
              </Menu.Label>
              {jumps.map((hours) => (
                <Menu.Item key={hours} onClick={() => jump.mutate({ hours })}>
                  {t(`town.jump.by.${hours}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {failed && <Failed told={tell(failed)} />}
    </>
  )
}
