import { ActionIcon, Button, Text } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { decimals, units } from '#shared/units.ts'
import type { CallOutput } from '#shared/api.ts'
import { usePointNames } from '../point-names.ts'
import { useFormat } from '../words.ts'
import { rowFault, type Mapping } from './draft.ts'
import classes from './Opcua.module.css'

export type Held = CallOutput<'opcua.read'>[number]
type MappingTableProps = {
  rows: readonly Mapping[]
  active: number | null
  heldBy: ReadonlyMap<string, Held | undefined>
  onActivate: (row: number) => void
  onEdit: (row: number) => void
  onRemove: (row: number) => void
}

/** The points, the node that each has, and what that holds now in the unit of the point. */
export function MappingTable({ rows, active, heldBy, onActivate, onEdit, onRemove }: MappingTableProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  if (rows.length === 0) return <Text c="dimmed">{t('opcua.noRows')}</Text>
  return (
    <ul className={classes['rows']}>
      {rows.map((row, i) => {
        const name = names.full({ id: row.id, title: row.title || null })
        const fault = row.from === '' && !row.needed ? null : rowFault(row, rows)
        return (
          <li key={i} className={classes['row']} data-active={active === i || undefined}>
            <div>
              <Text fw={500}>{name}</Text>
              {fault && (
                <Text size="sm" className={classes['fault']}>
                  {t(`opcua.rowFault.${fault}`)}
                </Text>
              )}
            </div>
            <Button
              size="compact-sm"
              variant={active === i ? 'filled' : 'default'}
              onClick={() => onActivate(i)}
              className={classes['from']}
            >
              {row.from === '' ? t('opcua.chooseNode') : row.node || row.from}
            </Button>
            <LiveValue row={row} held={heldBy.get(row.from)} />
            <div className={classes['acts']}>
              <ActionIcon variant="subtle" aria-label={t('opcua.editNamed', { name })} onClick={() => onEdit(i)}>
                <IconPencil size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
              <ActionIcon variant="subtle" aria-label={t('opcua.removeNamed', { name })} onClick={() => onRemove(i)}>
                <IconTrash size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** What the node holds, as the point will show it. */
export function LiveValue({ row, held }: { row: Mapping; held: Held | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (row.from === '' || held === undefined) return <span className={classes['value']} />
  if (held === null) return <span className={classes['fault']}>{t('opcua.missing')}</span>
  if (held.quality === 'fault' || held.quality === 'offline')
    return <span className={classes['fault']}>{held.statusName || t('opcua.noNumber')}</span>
  if (held.value === null) return <span className={classes['fault']}>{t('opcua.noNumber')}</span>
  return (
    <span className={classes['value']}>
      {format.number(held.value * Number(row.scale), decimals[row.is])} {units[row.is]}
    </span>
  )
}
