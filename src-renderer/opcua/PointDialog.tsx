import { useState } from 'react'
import { Autocomplete, Button, Checkbox, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pointRoles, writeLevels } from '#shared/devices/profile.ts'
import { units, type Quantity } from '#shared/units.ts'
import { usePointNames } from '../point-names.ts'
import { rowFault, type Mapping } from './draft.ts'
import { LiveValue, type Held } from './MappingTable.tsx'
import { scales } from './scales.ts'

type PointDialogProps = {
  row: Mapping
  all: readonly Mapping[]
  known: readonly { id: string; is: Quantity }[]
  held: Held
  onSave: (row: Mapping) => void
  onClose: () => void
}

const quantities = Object.keys(units) as Quantity[]

/** What a node stands for: the point, its quantity and unit, what it is for, and whether it may be changed. */
export function PointDialog({ row, all, known, held, onSave, onClose }: PointDialogProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  const [draft, setDraft] = useState(row)
  const set = (change: Partial<Mapping>) => setDraft({ ...draft, ...change })
  const others = all.filter((one) => one !== row)
  const fault = rowFault({ ...draft, needed: false }, [...others, draft])
  const isKnown = known.some(({ id }) => id === draft.id)
  const labels = new Map(known.map(({ id }) => [`${names.full({ id, title: null })} (${id})`, id]))
  const rename = (typed: string) => {
    const id = labels.get(typed) ?? typed
    const is = known.find((one) => one.id === id)?.is
    set(is ? { id, is, scale: is === draft.is ? draft.scale : 1 } : { id })
  }
  const presets = scales[draft.is] ?? []
  const preset = presets.find(([, factor]) => factor === Number(draft.scale))
  return (
    <Modal opened onClose={onClose} title={t('opcua.pointTitle')} transitionProps={{ duration: 0 }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('opcua.nodeGives', { node: draft.node || draft.from, text: held?.text ?? '–', type: held?.type ?? '' })}
        </Text>
        <Autocomplete
          label={t('opcua.point')}
          description={t('opcua.pointHint')}
          data={[...labels.keys()]}
          limit={30}
          value={draft.id}
          onChange={rename}
          error={fault === 'id' && draft.id !== '' ? t('opcua.rowFault.id') : fault === 'twice' ? t('opcua.rowFault.twice') : undefined}
          data-autofocus
        />
        {!isKnown && (
          <TextInput
            label={t('opcua.pointName')}
            value={draft.title}
            maxLength={80}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
        )}
        <SimpleGrid cols={2} spacing="sm">
          <Select
            label={t('opcua.quantity')}
            data={quantities.map((value) => ({ value, label: t(`opcua.quantities.${value}`) }))}
            value={draft.is}
            onChange={(is) => set({ is: quantities.find((one) => one === is) ?? draft.is, scale: 1 })}
            disabled={isKnown}
            searchable
          />
          <Select
            label={t('opcua.role')}
            data={pointRoles.map((value) => ({ value, label: t(`opcua.roles.${value}`) }))}
            value={draft.role}
            onChange={(role) => set({ role: pointRoles.find((one) => one === role) ?? draft.role })}
          />
          {presets.length > 0 && (
            <Select
              label={t('opcua.unit')}
              description={t('opcua.unitHint')}
              data={presets.map(([unit]) => unit)}
              value={preset?.[0] ?? null}
              placeholder={t('opcua.unitOther')}
              onChange={(unit) => set({ scale: presets.find(([one]) => one === unit)?.[1] ?? draft.scale })}
            />
          )}
          <NumberInput
            label={t('opcua.scale')}
            description={t('opcua.scaleHint', { unit: units[draft.is] || '–' })}
            value={draft.scale}
            onChange={(scale) => set({ scale })}
            error={fault === 'scale' ? t('opcua.rowFault.scale') : undefined}
            hideControls
          />
        </SimpleGrid>
        <Group gap="xs">
          <Text size="sm">{t('opcua.gives')}</Text>
          <LiveValue row={draft} held={held ?? undefined} />
        </Group>
        <Checkbox
          label={t('opcua.writable')}
          description={held && !held.writable ? t('opcua.serverReadOnly') : undefined}
          checked={draft.write !== null}
          onChange={(event) => set({ write: event.currentTarget.checked ? { min: '', max: '', level: 'full' } : null })}
        />
        {draft.write && (
          <SimpleGrid cols={3} spacing="sm">
            {(['min', 'max'] as const).map((end) => (
              <NumberInput
                key={end}
                label={t(`opcua.${end}`)}
                value={draft.write?.[end] ?? ''}
                onChange={(value) => draft.write && set({ write: { ...draft.write, [end]: value } })}
                hideControls
              />
            ))}
            <Select
              label={t('opcua.level')}
              data={writeLevels.map((value) => ({ value, label: t(`opcua.levels.${value}`) }))}
              value={draft.write.level}
              onChange={(level) =>
                draft.write && set({ write: { ...draft.write, level: writeLevels.find((one) => one === level) ?? 'full' } })
              }
            />
          </SimpleGrid>
        )}
        {fault === 'range' && <Text size="sm">{t('opcua.rowFault.range')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            onClick={() => onSave(draft)}
            disabled={fault !== null || (draft.write !== null && (draft.write.min === '' || draft.write.max === ''))}
          >
            {t('opcua.take')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
