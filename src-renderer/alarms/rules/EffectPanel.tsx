import { Button, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { gateSchema, scopeSchema, testSchema, type RuleContent } from '#shared/alarms/rule.ts'
import { useCall } from '../../host.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'
import type { RulePoints } from './point-choices.ts'
import classes from './Wizard.module.css'

const settleMs = 300
const most = 300

type EffectPanelProps = { content: RuleContent; put: (change: Partial<RuleContent>) => void; points: RulePoints }

/** Devices that the rule would look at now, and those of its scope that have none of its points. */
export function EffectPanel({ content, put, points }: EffectPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [asked] = useDebouncedValue(
    { scope: content.scope, test: content.test, while: content.while.filter((gate) => gateSchema.safeParse(gate).success) },
    settleMs,
  )
  const whole = scopeSchema.safeParse(asked.scope).success && testSchema.safeParse(asked.test).success
  const { data, error, refetch } = useCall('alarms.effect', asked, { keep: true, enabled: whole })
  if (!whole) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('alarms.rules.effect.notYet')}
      </Text>
    )
  }
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Text c="dimmed">{t('loading')}</Text>
  const { scope } = content
  const except = scope.by === 'devices' ? null : scope.except
  const drop = (device: string) => {
    if (scope.by === 'devices') put({ scope: { ...scope, devices: scope.devices.filter((id) => id !== device) } })
    else put({ scope: { ...scope, except: [...scope.except, device] } })
  }
  return (
    <Stack gap={6}>
      <Text fw={600} role="status" data-effect={data.devices.length}>
        {content.test.kind === 'meter'
          ? t('alarms.rules.effect.meters', { count: data.devices.length })
          : `${t('alarms.rules.effect.now', { count: data.devices.length })} · ${t('alarms.rules.conditions', { count: data.conditions })}`}
      </Text>
      {data.devices.length > 0 && (
        <details>
          <summary>{t('alarms.rules.effect.show')}</summary>
          <div className={classes['scroll']}>
            <table className={classes['table']}>
              <thead>
                <tr>
                  <th>{t('alarms.rules.device')}</th>
                  <th>{t('alarms.rules.points')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {data.devices.slice(0, most).map(({ device, name, place, points: own }) => (
                  <tr key={device}>
                    <td>
                      <DeviceLink id={device}>{name}</DeviceLink>
                      <Text size="xs" c="dimmed">
                        {place}
                      </Text>
                    </td>
                    <td>{own.map(points.name).join(', ')}</td>
                    <td>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => drop(device)}
                        aria-label={t('alarms.rules.effect.dropOf', { name })}
                      >
                        {t('alarms.rules.effect.drop')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {data.devices.length > most && (
            <Text size="sm" c="dimmed">
              {t('alarms.rules.effect.more', { count: data.devices.length - most })}
            </Text>
          )}
        </details>
      )}
      {data.lacking.length > 0 && (
        <details>
          <summary>{t('alarms.rules.effect.lacking', { count: data.lacking.length })}</summary>
          <Text size="sm" c="dimmed" className={classes['scroll'] ?? ''}>
            {data.lacking
              .slice(0, most)
              .map(({ name }) => name)
              .join(', ')}
          </Text>
        </details>
      )}
      {except !== null && except.length > 0 && scope.by !== 'devices' && (
        <Text size="sm" component="div">
          {t('alarms.rules.effect.except', { count: except.length })}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => put({ scope: { ...scope, except: [] } })}>
            {t('alarms.rules.effect.takeBack')}
          </Button>
        </Text>
      )}
    </Stack>
  )
}
