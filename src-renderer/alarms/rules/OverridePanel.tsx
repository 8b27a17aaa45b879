import { useState } from 'react'
import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Override } from '#shared/alarms/rule.ts'
import { faultsOfRule } from '#shared/alarms/rule-faults.ts'
import type { Device } from '#shared/devices/contract.ts'
import { useNow } from '../../host.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { useFormat } from '../../words.ts'
import { OverrideDialog } from './OverrideDialog.tsx'
import { overriddenTest, valueNames, withOverride } from './override-values.ts'
import type { StepProps } from './steps/step.ts'
import { useRuleWords } from './words.ts'
import classes from './Wizard.module.css'

type OverridePanelProps = StepProps & { devices: readonly Device[] }

/** What is different on single devices, until when and why. */
export function OverridePanel({ content, put, points, devices, save }: OverridePanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const words = useRuleWords(points)
  const [edited, edit] = useState<Override | 'new' | null>(null)
  const { overrides, test } = content
  const named = new Map(devices.map(({ id, name }) => [id, name]))
  const first = 'points' in test ? test.points[0] : 'pairs' in test ? test.pairs[0]?.point : undefined
  const says = (override: Override) => {
    if (override.off) return t('alarms.rules.override.off')
    const values = valueNames(test.kind).flatMap((name) => {
      const value = override.values[name]
      if (value === undefined) return []
      const shown = value === null ? t('alarms.rules.override.none') : words.value(value, first, name === 'deadband')
      return [t('alarms.rules.override.says', { name: t(`alarms.rules.value.${name}`), value: shown })]
    })
    const delays = (['onDelayS', 'offDelayS'] as const).flatMap((name) => {
      const value = override[name]
      return value === undefined
        ? []
        : [t('alarms.rules.override.says', { name: t(`alarms.rules.field.${name}`), value: format.duration(value) })]
    })
    return [...values, ...delays].join(', ') || t('alarms.rules.override.nothing')
  }
  /** What makes an override wrong: its device is gone, or its numbers contradict each other. */
  const wrong = (override: Override) => {
    if (!named.has(override.device)) return t('alarms.rules.override.gone')
    const fault = override.off ? undefined : faultsOfRule({ test: overriddenTest(test, override), scope: { by: 'all', except: [] } })[0]
    return fault === undefined ? null : t(`alarms.rules.fault.${fault}`)
  }
  return (
    <Stack gap={6} component="section" aria-label={t('alarms.rules.override.title')}>
      <Group justify="space-between">
        <Text fw={600}>{t('alarms.rules.override.title')}</Text>
        {save && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => edit('new')}>
            {t('alarms.rules.override.add')}
          </Button>
        )}
      </Group>
      {overrides.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('alarms.rules.override.empty')}
        </Text>
      ) : (
        <div className={classes['scroll']}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th>{t('alarms.rules.device')}</th>
                <th>{t('alarms.rules.override.what')}</th>
                <th>{t('alarms.rules.override.until')}</th>
                <th>{t('alarms.rules.override.reason')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {overrides.map((override) => {
                const over = override.until !== null && override.until <= now
                const fault = wrong(override)
                const name = named.get(override.device) ?? override.device
                return (
                  <tr key={override.device} data-over={over || undefined} data-override={override.device}>
                    <td>{named.has(override.device) ? <DeviceLink id={override.device}>{name}</DeviceLink> : name}</td>
                    <td>
                      {says(override)}
                      {fault !== null && (
                        <Text size="sm" c="caution" fw={600}>
                          {fault}
                        </Text>
                      )}
                    </td>
                    <td>
                      {override.until === null ? t('alarms.rules.override.always') : format.dateTime(override.until)}
                      {over && ` (${t('alarms.rules.override.over')})`}
                    </td>
                    <td>{override.reason}</td>
                    <td>
                      {save && (
                        <Group gap={2} wrap="nowrap">
                          <ActionIcon
                            variant="subtle"
                            aria-label={t('alarms.rules.override.editOf', { name })}
                            onClick={() => edit(override)}
                          >
                            <IconPencil size={16} />
                          </ActionIcon>
                          <ActionIcon
                            variant="subtle"
                            aria-label={t('alarms.rules.override.dropOf', { name })}
                            onClick={() => put({ overrides: overrides.filter((one) => one !== override) })}
                          >
                            <IconTrash size={16} />
                          </ActionIcon>
                        </Group>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {edited !== null && (
        <OverrideDialog
          content={content}
          points={points}
          devices={devices}
          start={edited === 'new' ? null : edited}
          onClose={() => edit(null)}
          onSave={(next) => {
            const others = edited === 'new' ? overrides : overrides.filter((one) => one !== edited)
            put({ overrides: withOverride(others, next) })
            edit(null)
          }}
        />
      )}
    </Stack>
  )
}
