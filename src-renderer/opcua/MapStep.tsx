import { useState } from 'react'
import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { loginOf, rowFault, withTemplate, type Mapping } from './draft.ts'
import { LoadMapping } from './LoadMapping.tsx'
import { MappingTable } from './MappingTable.tsx'
import { NodeTree } from './NodeTree.tsx'
import { PointDialog } from './PointDialog.tsx'
import type { StepProps } from './step.ts'
import { nameOf, type Placed } from './tree.ts'
import classes from './Opcua.module.css'

/** Which node is which point: the tree of the server beside the points, each with what its node holds now. */
export function MapStep({ draft, change, secret, go }: StepProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const templates = useCall('opcua.templates', {})
  const points = useCall('opcua.points', {})
  const [active, setActive] = useState<number | null>(null)
  const [editing, setEditing] = useState<number | null>(null)
  const login = loginOf(draft, secret)
  const nodes = [...new Set(draft.mappings.flatMap(({ from }) => (from === '' ? [] : [from])))]
  const held = useCall('opcua.read', { ...login, nodes }, { enabled: nodes.length > 0, every: 3000, keep: true })
  const heldBy = new Map(nodes.map((node, i) => [node, held.data?.length === nodes.length ? held.data[i] : undefined]))
  const setRows = (mappings: Mapping[]) => change({ mappings, saved: '' })
  const setRow = (i: number, row: Mapping) => setRows(draft.mappings.map((one, k) => (k === i ? row : one)))

  const use = (at: Placed) => {
    const from = nameOf(at, draft.base)
    const row = active === null ? undefined : draft.mappings[active]
    if (row && active !== null) {
      setRow(active, { ...row, from, node: at.node.name })
      const next = draft.mappings.findIndex((one, i) => i > active && one.from === '')
      setActive(next < 0 ? null : next)
      return
    }
    const write = null
    setRows([
      ...draft.mappings,
      { id: '', title: '', is: 'number', role: 'measure', from, node: at.node.name, scale: 1, needed: false, write },
    ])
    setEditing(draft.mappings.length)
  }
  const choose = (id: string | null) => {
    const template = templates.data?.find((one) => one.id === id)
    if (!template) return change({ template: '' })
    const { maker, model } = template
    change({ template: template.id, maker, model, saved: '', mappings: withTemplate(draft.mappings, template) })
  }
  const mapped = draft.mappings.filter(({ from }) => from !== '')
  const faults = draft.mappings.filter((row) => (row.from !== '' || row.needed) && rowFault(row, draft.mappings) !== null)
  const row = editing === null ? undefined : draft.mappings[editing]
  return (
    <div className={classes['map']}>
      <Panel title={t('opcua.nodes')}>
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {active === null ? t('opcua.treeHint') : t('opcua.treeActive')}
          </Text>
          {draft.base !== '' && (
            <Group gap="xs">
              <Text size="sm">{t('opcua.baseIs', { name: draft.baseName })}</Text>
              <Button size="compact-xs" variant="default" onClick={() => change({ base: '', baseName: '' })}>
                {t('opcua.baseNone')}
              </Button>
            </Group>
          )}
          <div className={classes['tree']}>
            <NodeTree
              login={login}
              base={draft.base}
              used={new Set(nodes)}
              onBase={(at) => change({ base: at.node.node, baseName: at.node.name })}
              onUse={use}
            />
          </div>
        </Stack>
      </Panel>
      <Panel title={t('opcua.points')}>
        <Stack gap="sm">
          <Select
            label={t('opcua.template')}
            description={t('opcua.templateHint')}
            placeholder={t('opcua.templateNone')}
            data={(templates.data ?? []).map(({ id, maker, model }) => ({ value: id, label: `${maker} ${model}` }))}
            value={draft.template === '' ? null : draft.template}
            onChange={choose}
            clearable
          />
          <LoadMapping onLoad={(loaded) => change(loaded)} />
          {held.error && <Failed told={tell(held.error)} onRetry={() => void held.refetch()} />}
          <MappingTable
            rows={draft.mappings}
            active={active}
            heldBy={heldBy}
            onActivate={(i) => setActive(i === active ? null : i)}
            onEdit={setEditing}
            onRemove={(i) => {
              setRows(draft.mappings.filter((_, k) => k !== i))
              setActive(null)
            }}
          />
          <Group>
            <Button onClick={() => go(3)} disabled={mapped.length === 0 || faults.length > 0}>
              {t('opcua.next')}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {faults.length > 0 ? t('opcua.faults', { count: faults.length }) : t('opcua.mapped', { count: mapped.length })}
            </Text>
          </Group>
        </Stack>
      </Panel>
      {row && editing !== null && (
        <PointDialog
          key={editing}
          row={row}
          all={draft.mappings}
          known={points.data ?? []}
          held={heldBy.get(row.from) ?? null}
          onSave={(next) => {
            setRow(editing, next)
            setEditing(null)
          }}
          onClose={() => {
            if (row.id === '') setRows(draft.mappings.filter((_, k) => k !== editing))
            setEditing(null)
          }}
        />
      )}
    </div>
  )
}
