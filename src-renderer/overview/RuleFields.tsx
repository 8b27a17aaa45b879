import { useMemo } from 'react'
import { Button, MultiSelect, Select, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { contactStates, type Device } from '#shared/devices/contract.ts'
import type { Address } from '../address.ts'
import { useCall } from '../host.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { mostConditions, type Rule } from './choice.ts'
import { conditionWords, type Condition } from './condition.ts'
import { ConditionRow } from './ConditionRow.tsx'
import classes from './Overview.module.css'

type RuleFieldsProps = { devices: readonly Device[]; rule: Rule; onChange: (words: Address) => void }

/** The rule by which devices are shown; all parts of it must fit. */
export function RuleFields({ devices, rule, onChange }: RuleFieldsProps) {
  const { t } = useTranslation()
  const { data } = useCall('devices.pointKinds', { role: ['measure'] })
  const tags = useMemo(() => [...new Set(devices.flatMap((device) => device.tags))].sort(), [devices])
  const profiles = useMemo(() => {
    const named = new Map(devices.map(({ profile, identity }) => [profile, [identity.application, profile].filter(Boolean).join(' · ')]))
    return [...named].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
  }, [devices])
  const kinds = data?.kinds ?? []
  const put = (conditions: readonly Condition[]) => onChange({ when: conditionWords(conditions) })
  const first = kinds.find(({ is }) => is === 'temperature') ?? kinds[0]
  return (
    <div className={classes['fields']}>
      <SearchField label={t('devices.filter')} value={rule.text} onChange={(q) => onChange({ q: q || undefined })} width="100%" />
      {tags.length > 0 && (
        <MultiSelect
          label={t('device.tags')}
          data={tags}
          value={rule.tags}
          onChange={(chosen) => onChange({ tags: chosen.join(',') || undefined })}
          searchable
          clearable
        />
      )}
      <Select
        label={t('overview.profile')}
        data={profiles}
        value={rule.profile}
        onChange={(profile) => onChange({ profile: profile ?? undefined })}
        searchable
        clearable
        limit={100}
      />
      <Select
        label={t('devices.stateFilter')}
        data={contactStates.map((state) => ({ value: state, label: t(`contact.${state}`) }))}
        value={rule.state}
        onChange={(state) => onChange({ state: state ?? undefined })}
        clearable
      />
      <Stack gap="xs" role="group" aria-label={t('overview.conditions')}>
        {rule.conditions.map((condition, i) => (
          <ConditionRow
            key={i}
            condition={condition}
            kinds={kinds}
            onChange={(next) => put(rule.conditions.map((one, place) => (place === i ? next : one)))}
            onDrop={() => put(rule.conditions.filter((_one, place) => place !== i))}
          />
        ))}
        {rule.conditions.length < mostConditions && first && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => put([...rule.conditions, { point: first.id, sign: '>', value: 0 }])}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('overview.addCondition')}
          </Button>
        )}
      </Stack>
    </div>
  )
}
