import { useState } from 'react'
import { Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Override, RuleContent } from '#shared/alarms/rule.ts'
import { faultsOfRule } from '#shared/alarms/rule-faults.ts'
import type { Device } from '#shared/devices/contract.ts'
import { useNow } from '../../host.ts'
import { localTime, readLocalTime } from './local-time.ts'
import { NumberField } from './NumberField.tsx'
import { overriddenTest, ruleValue, valueNames, type ValueName } from './override-values.ts'
import type { RulePoints } from './point-choices.ts'
import { useRuleWords } from './words.ts'
import classes from './Wizard.module.css'

type OverrideDialogProps = {
  content: RuleContent
  points: RulePoints
  devices: readonly Device[]
  start: Override | null
  onSave: (override: Override) => void
  onClose: () => void
}

const minute = 60
const nothing: Override = { device: '', off: false, values: {}, until: null, reason: '' }
/** Kinds of numbers that may be switched off on one device. */
const mayBeNone: ReadonlySet<ValueName> = new Set<ValueName>(['highHigh', 'high', 'low', 'lowLow', 'rise', 'fall', 'above', 'below'])

/** Other numbers for one device. An empty field keeps what the rule says, which stands in it in grey. */
export function OverrideDialog({ content, points, devices, start, onSave, onClose }: OverrideDialogProps) {
  const { t } = useTranslation()
  const now = useNow()
  const words = useRuleWords(points)
  const [draft, setDraft] = useState<Override>(start ?? nothing)
  const set = (change: Partial<Override>) => setDraft({ ...draft, ...change })
  const { test } = content
  const names = valueNames(test.kind)
  const first = 'points' in test ? test.points[0] : 'pairs' in test ? test.pairs[0]?.point : undefined
  const taken = new Set(content.overrides.map(({ device }) => device).filter((device) => device !== start?.device))
  const [fault] = draft.off ? [] : faultsOfRule({ test: overriddenTest(test, draft), scope: { by: 'all', except: [] } })
  const changes = draft.off || Object.keys(draft.values).length > 0 || draft.onDelayS !== undefined || draft.offDelayS !== undefined
  const past = draft.until !== null && draft.until <= now
  const delay = (name: 'onDelayS' | 'offDelayS', value: number | null) => {
    const { [name]: _gone, ...rest } = draft
    setDraft(value === null ? rest : { ...rest, [name]: Math.round(value * minute) })
  }
  const put = (name: ValueName, value: number | null | undefined) => {
    const { [name]: _gone, ...rest } = draft.values
    set({ values: value === undefined ? rest : { ...rest, [name]: value } })
  }
  return (
    <Modal opened onClose={onClose} title={t('alarms.rules.override.dialog')} size="lg" transitionProps={{ duration: 0 }}>
      <Stack gap="sm">
        <Select
          label={t('alarms.rules.device')}
          data={devices
            .filter(({ id }) => !taken.has(id))
            .map(({ id, name, place }) => ({ value: id, label: [name, place].filter(Boolean).join(', ') }))}
          value={draft.device || null}
          onChange={(device) => set({ device: device ?? '' })}
          searchable
          limit={100}
        />
        <Checkbox
          label={t('alarms.rules.override.offLabel')}
          checked={draft.off}
          onChange={({ currentTarget }) => set({ off: currentTarget.checked })}
        />
        {!draft.off && (
          <div className={classes['pair']}>
            {names.map((name) => {
              const own = draft.values[name]
              return (
                <div key={name}>
                  <NumberField
                    label={t(`alarms.rules.value.${name}`)}
                    unit={unitOf(name, points.number(first).unit)}
                    value={own ?? null}
                    placeholder={
                      own === null
                        ? t('alarms.rules.override.none')
                        : `${words.value(ruleValue(test, name), undefined)} ${unitOf(name, points.number(first).unit)}`.trim()
                    }
                    onChange={(value) => put(name, value ?? undefined)}
                  />
                  {mayBeNone.has(name) && ruleValue(test, name) !== null && (
                    <Checkbox
                      size="xs"
                      mt={4}
                      label={t('alarms.rules.override.noneLabel')}
                      checked={own === null}
                      onChange={({ currentTarget }) => put(name, currentTarget.checked ? null : undefined)}
                    />
                  )}
                </div>
              )
            })}
            {(['onDelayS', 'offDelayS'] as const).map((name) => (
              <NumberField
                key={name}
                label={t(`alarms.rules.field.${name}`)}
                unit="min"
                min={0}
                max={10_080}
                value={draft[name] === undefined ? null : draft[name] / minute}
                placeholder={`${words.value(content[name] / minute, undefined)} ${t('alarms.rules.unit.minutes')}`}
                onChange={(value) => delay(name, value)}
              />
            ))}
          </div>
        )}
        <TextInput
          type="datetime-local"
          label={t('alarms.rules.override.until')}
          description={t('alarms.rules.override.untilHint')}
          value={draft.until === null ? '' : localTime(draft.until)}
          onChange={({ currentTarget }) => set({ until: readLocalTime(currentTarget.value) })}
          error={past ? t('alarms.rules.override.past') : undefined}
        />
        <TextInput
          label={t('alarms.rules.override.reason')}
          value={draft.reason}
          onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
          maxLength={300}
        />
        {fault !== undefined && (
          <Text size="sm" c="caution" fw={600} role="status">
            {t(`alarms.rules.fault.${fault}`)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button disabled={draft.device === '' || !changes || fault !== undefined || past} onClick={() => onSave(draft)}>
            {t('alarms.rules.override.take')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const ofTime: Partial<Record<ValueName, string>> = { minutes: 'min', hours: 'h', polls: '' }
const unitOf = (name: ValueName, unit: string) => ofTime[name] ?? unit
