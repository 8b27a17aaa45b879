import { WindowRows } from '../../ui/WindowRows.tsx'
import { AlarmLine, type RowTold } from './AlarmLine.tsx'
import type { Entry } from './entries.ts'
import { GroupLine } from './GroupLine.tsx'
import { RowContext, useMakeRowContext } from './row-context.ts'
import classes from './AlarmGrid.module.css'

const heights = { line: 56, card: 102, group: 56 }

type AlarmGridProps = {
  label: string
  entries: readonly Entry[]
  card: boolean
  current: string | null
  /** The keyboard moved last. */
  steered: boolean
  selectable: boolean
  selected: ReadonlySet<string>
  gone: ReadonlySet<string>
  opened: string | null
  /** Changes with the height of what stands above. */
  above: string
  told: RowTold
  onAll: () => void
  allSelected: boolean
}

/** The alarms as a table that the keyboard can walk through; only the rows on screen exist. */
export function AlarmGrid(props: AlarmGridProps) {
  const { label, entries, card, current, steered, selectable, selected, gone, opened, above, told, onAll, allSelected } = props
  const context = useMakeRowContext()
  const { t } = context
  const at = steered ? entries.findIndex(({ id }) => id === current) : undefined
  // Somewhere the keyboard must be able to enter.
  const entry = entries.some(({ id }) => id === current) ? current : (entries[0]?.id ?? null)
  return (
    <RowContext value={context}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={entries.length + 1}
        aria-multiselectable={selectable}
        className={classes['table']}
        data-card={card || undefined}
      >
        {!card && (
          <div role="rowgroup" className={classes['head']}>
            <div role="row" aria-rowindex={1} className={classes['row']}>
              <div role="columnheader" className={classes['marks']} aria-label={t('alarms.list.column.priority')}>
                {selectable && (
                  <input
                    type="checkbox"
                    className={classes['check']}
                    checked={allSelected}
                    onChange={onAll}
                    aria-label={t('alarms.list.selectAll')}
                    title={t('alarms.list.selectAll')}
                  />
                )}
              </div>
              {(['what', 'device', 'value', 'since', 'state', 'respond'] as const).map((column) => (
                <div key={column} role="columnheader" data-cell={column}>
                  {t(`alarms.list.column.${column}`)}
                </div>
              ))}
              <div role="columnheader" aria-label={t('alarms.list.column.acts')} />
            </div>
          </div>
        )}
        <WindowRows
          role="rowgroup"
          items={entries}
          height={(one) => (one.group ? heights.group : card ? heights.card : heights.line)}
          keyOf={({ id }) => id}
          at={at}
          above={above}
          row={(one, index) =>
            one.group ? (
              <GroupLine
                group={one.group}
                index={index + 2}
                current={entry === one.id}
                steered={steered}
                unfolded={one.unfolded}
                told={told}
              />
            ) : (
              <AlarmLine
                row={one.row}
                index={index + 2}
                current={entry === one.id}
                steered={steered}
                selected={selected.has(one.id)}
                selectable={selectable}
                opened={opened === one.id}
                gone={gone.has(one.id)}
                inner={one.inner}
                card={card}
                told={told}
              />
            )
          }
        />
      </div>
    </RowContext>
  )
}
