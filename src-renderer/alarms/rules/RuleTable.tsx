import { ActionIcon, Button, Menu, Switch } from '@mantine/core'
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../host.ts'
import { Panel } from '../../ui/Panel.tsx'
import { SortButton } from '../../ui/SortButton.tsx'
import { useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { firstOrder, type RuleRow, type Sorting, type SortKey } from './rule-list.ts'
import { useRulePoints } from './point-choices.ts'
import { useRuleWords, type RuleWords } from './words.ts'
import rowsOf from '../../ui/rows.module.css'
import classes from './Rules.module.css'

type RuleTableProps = {
  rows: readonly RuleRow[]
  sorting?: Sorting
  onSort?: (next: Sorting) => void
  onEnable?: (row: RuleRow, enabled: boolean) => void
  onRemove?: (row: RuleRow) => void
  onRestore?: (row: RuleRow) => void
}

/** Rules one below the other; removed ones have no switch, but a way back. */
export function RuleTable({ rows, sorting, onSort, ...acts }: RuleTableProps) {
  const { t } = useTranslation()
  const words = useRuleWords(useRulePoints())
  const sort = (key: SortKey) => {
    const turned = sorting?.order === 'ascending' ? 'descending' : 'ascending'
    onSort?.({ key, order: sorting?.key === key ? turned : firstOrder(key) })
  }
  const heading = (key: SortKey, label: string) => (
    <SortButton label={label} order={sorting?.key === key ? sorting.order : null} onClick={() => sort(key)} />
  )
  return (
    <Panel flush>
      {sorting && (
        <div className={`${classes['row']} ${classes['head']}`}>
          <span>{heading('priority', t('alarms.rules.prio'))}</span>
          <span>{heading('name', t('alarms.rules.field.name'))}</span>
          <span>{t('alarms.rules.field.test')}</span>
          <span className={classes['number']}>{heading('devices', t('alarms.rules.devices'))}</span>
          <span className={classes['number']}>{heading('active', t('alarms.rules.active'))}</span>
          <span className={classes['number']}>{heading('week', t('alarms.rules.week'))}</span>
          <span>{t('alarms.rules.on')}</span>
          <span />
        </div>
      )}
      <ul className={classes['list']}>
        {rows.map((row) => (
          <Row key={row.id} row={row} words={words} {...acts} />
        ))}
      </ul>
    </Panel>
  )
}

type RowProps = { row: RuleRow; words: RuleWords } & Omit<RuleTableProps, 'rows' | 'sorting' | 'onSort'>

function Row({ row, words, onEnable, onRemove, onRestore }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useActor()
  const search = { rule: row.id }
  return (
    <li data-rule={row.id} data-off={!row.enabled || undefined}>
      <div className={classes['row']}>
        <PriorityMark priority={row.priority} />
        <div className={classes['named']}>
          {onRestore ? (
            <span className={classes['name']}>{row.name}</span>
          ) : (
            <Link to="/alarms/rules/edit" search={search} className={`${classes['name']} ${rowsOf['whole']}`}>
              {row.name}
            </Link>
          )}
          <div className={classes['quiet']}>
            {t(`alarms.words.kind.${row.test.kind}`)}
            {row.removedAt !== null && ` · ${t('alarms.rules.removedAt', { time: format.dateTime(row.removedAt) })}`}
          </div>
        </div>
        <div className={classes['what']}>
          {words.test(row.test)}
          <div className={classes['quiet']}>
            {words.scope(row.scope, row.test.kind)}
            {row.overrides.length > 0 && ` · ${t('alarms.rules.overrideCount', { count: row.overrides.length })}`}
          </div>
        </div>
        {row.removedAt === null && (
          <div className={classes['numbers']}>
            <Count
              value={row.test.kind === 'health' ? null : row.devices}
              unit={t('alarms.rules.devices')}
              title={t('alarms.rules.conditions', { count: row.conditions })}
            />
            <Count value={row.active} unit={t('alarms.rules.active')} marked />
            <Count value={row.week} unit={t('alarms.rules.week')} />
          </div>
        )}
        {onEnable && (
          <Switch
            className={`${classes['above']} ${classes['switch']}`}
            aria-label={t('alarms.rules.enableOf', { name: row.name })}
            checked={row.enabled}
            disabled={!may('full')}
            onChange={({ currentTarget }) => onEnable(row, currentTarget.checked)}
          />
        )}
        {onRestore && may('full') && (
          <Button size="xs" variant="default" className={classes['above'] ?? ''} onClick={() => onRestore(row)}>
            {t('alarms.rules.restore')}
          </Button>
        )}
        {onRemove && may('full') && <Acts row={row} onRemove={onRemove} />}
      </div>
    </li>
  )
}

function Count({ value, unit, title, marked }: { value: number | null; unit: string; title?: string; marked?: boolean }) {
  const format = useFormat()
  return (
    <span className={classes['number']} data-some={(marked && (value ?? 0) > 0) || undefined} title={title}>
      {value === null ? '–' : format.number(value)} <span className={classes['unit']}>{unit}</span>
    </span>
  )
}

function Acts({ row, onRemove }: { row: RuleRow; onRemove: (row: RuleRow) => void }) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          className={`${classes['above']} ${classes['menu']}`}
          aria-label={t('alarms.rules.actionsOf', { name: row.name })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={16} stroke={1.6} />}
          renderRoot={(props: object) => <Link to="/alarms/rules/edit" search={{ rule: row.id }} {...props} />}
        >
          {t('alarms.rules.edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={16} stroke={1.6} />}
          renderRoot={(props: object) => <Link to="/alarms/rules/edit" search={{ copy: row.id }} {...props} />}
        >
          {t('alarms.rules.copy')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} stroke={1.6} />} onClick={() => onRemove(row)}>
          {t('alarms.rules.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
