import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Override } from '#shared/overrides/contract.ts'
import { useActor } from '../host.ts'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { useFormat } from '../words.ts'
import { useOverrideWords } from './words.ts'
import classes from './Overrides.module.css'

/** One point that stands: where, on what, since when and by whom, and the button that gives it back. */
export function OverrideRow({ one, busy, onRelease }: { one: Override; busy: boolean; onRelease: () => void }) {
  const { t } = useTranslation()
  const { may } = useActor()
  const format = useFormat()
  const words = useOverrideWords()
  const { device, name, point, kind, value, since, present, needs } = one
  return (
    <li className={classes['row']} data-kind={kind} data-point={point.id}>
      <div>
        <DeviceLink id={device} className={classes['device']}>
          {name}
        </DeviceLink>
        <Text size="sm">{words.point(point)}</Text>
      </div>
      <div>
        <strong className={classes['value']}>{words.value(point, value)}</strong>
        {!present && (
          <Text size="xs" c="dimmed">
            {t('overrides.lastKnown')}
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed" component="div">
        {t('overrides.since', { when: format.dateTime(since) })}
        <br />
        {words.who(one)}
      </Text>
      <div className={classes['act']}>
        {needs === null || !may(needs) ? (
          <Text size="xs" c="dimmed">
            {needs === null ? t('overrides.onlyAtDevice') : t('write.role', { role: t(`role.${needs}`) })}
          </Text>
        ) : (
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            onClick={onRelease}
            aria-label={`${t('overrides.release')}: ${name}, ${words.point(point)}`}
          >
            {t('overrides.release')}
          </Button>
        )}
      </div>
    </li>
  )
}
