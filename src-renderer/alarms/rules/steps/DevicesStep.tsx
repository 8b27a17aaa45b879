import { MultiSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Scope } from '#shared/alarms/rule.ts'
import type { Device } from '#shared/devices/contract.ts'
import { useCall } from '../../../host.ts'
import { Loading } from '../../../ui/Loading.tsx'
import { EffectPanel } from '../EffectPanel.tsx'
import { OverridePanel } from '../OverridePanel.tsx'
import { TwoLists } from '../TwoLists.tsx'
import { Faults } from './Faults.tsx'
import type { StepProps } from './step.ts'

const ways = ['all', 'devices', 'group', 'application'] as const

/** Which devices the rule looks at, how many that are now, and what is different on some of them. */
export function DevicesStep(props: StepProps) {
  const { content, put, problems } = props
  const { t } = useTranslation()
  const { data: devices } = useCall('devices.list', {})
  const { scope } = content
  if (content.test.kind === 'health') return <Text>{t('alarms.rules.scope.program')}</Text>
  if (!devices) return <Loading rows={6} />
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t('alarms.rules.scope.way')}
        value={scope.by}
        onChange={(way) => put({ scope: startScope(ways.find((one) => one === way) ?? 'all', scope) })}
        data={ways.map((way) => ({ value: way, label: t(`alarms.rules.scope.by.${way}`) }))}
        transitionDuration={0}
        fullWidth
      />
      <Text size="sm" c="dimmed">
        {t(`alarms.rules.scope.hint.${scope.by}`)}
      </Text>
      {scope.by === 'group' && <GroupFields scope={scope} devices={devices} put={(next) => put({ scope: next })} />}
      {scope.by === 'application' && <ApplicationField scope={scope} devices={devices} put={(next) => put({ scope: next })} />}
      {scope.by === 'devices' && (
        <TwoLists devices={devices} chosen={scope.devices} onChange={(chosen) => put({ scope: { by: 'devices', devices: chosen } })} />
      )}
      <Faults problems={problems} step="devices" />
      <EffectPanel content={content} put={put} points={props.points} />
      <OverridePanel {...props} devices={devices} />
    </Stack>
  )
}

/** Another way to say which devices; what was taken out stays out. */
function startScope(by: Scope['by'], before: Scope): Scope {
  const except = before.by === 'devices' ? [] : before.except
  if (by === 'devices') return { by, devices: [] }
  if (by === 'group') return { by, labels: [], match: 'any', words: '', except }
  return by === 'application' ? { by, profiles: [], except } : { by, except }
}

type Fields<B extends Scope['by']> = { scope: Extract<Scope, { by: B }>; devices: readonly Device[]; put: (scope: Scope) => void }

function GroupFields({ scope, devices, put }: Fields<'group'>) {
  const { t } = useTranslation()
  const labels = [...new Set([...devices.flatMap(({ tags }) => tags), ...scope.labels])].toSorted()
  return (
    <>
      <MultiSelect
        label={t('alarms.rules.scope.labels')}
        description={labels.length === 0 ? t('alarms.rules.scope.noLabels') : undefined}
        data={labels}
        value={scope.labels}
        onChange={(next) => put({ ...scope, labels: next })}
        searchable
      />
      {scope.labels.length > 1 && (
        <SegmentedControl
          aria-label={t('alarms.rules.scope.match')}
          value={scope.match}
          onChange={(match) => put({ ...scope, match: match === 'all' ? 'all' : 'any' })}
          data={(['any', 'all'] as const).map((match) => ({ value: match, label: t(`alarms.rules.scope.matches.${match}`) }))}
          transitionDuration={0}
        />
      )}
      <TextInput
        label={t('alarms.rules.scope.words')}
        description={t('alarms.rules.scope.wordsHint')}
        value={scope.words}
        onChange={({ currentTarget }) => put({ ...scope, words: currentTarget.value })}
        maxLength={120}
      />
    </>
  )
}

function ApplicationField({ scope, devices, put }: Fields<'application'>) {
  const { t } = useTranslation()
  const named = new Map(devices.map(({ profile, identity }) => [profile, [identity.application, profile].filter(Boolean).join(' · ')]))
  for (const profile of scope.profiles) if (!named.has(profile)) named.set(profile, profile)
  return (
    <MultiSelect
      label={t('alarms.rules.scope.by.application')}
      data={[...named].map(([value, label]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label))}
      value={scope.profiles}
      onChange={(profiles) => put({ ...scope, profiles })}
      searchable
      limit={100}
    />
  )
}
