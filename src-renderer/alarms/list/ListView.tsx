import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@mantine/core'
import { IconBellCheck, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useAddress } from '../../address.ts'
import { useActor, useCall } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { useAlarmWords } from '../words.ts'
import { ActDialog } from './ActDialog.tsx'
import { actable, needs, type Act } from './acts.ts'
import { AlarmGrid } from './AlarmGrid.tsx'
import type { RowTold } from './AlarmLine.tsx'
import { narrow, ordered } from './arrange.ts'
import { isNarrow, noFilter, type Choice, type Filter } from './choice.ts'
import { entriesOf } from './entries.ts'
import { FilterBar } from './FilterBar.tsx'
import { FloodNote } from './FloodNote.tsx'
import type { Command } from './keys.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { NoAlarms } from './NoAlarms.tsx'
import { OutcomeNote } from './OutcomeNote.tsx'
import { kept, nothingSelected, reach, toggle } from './select.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { useActs } from './use-acts.ts'
import { useKeys } from './use-keys.ts'
import { useScrolled, useSteady } from './use-steady.ts'
import classes from './Notes.module.css'

type ListViewProps = { list: CallOutput<'alarms.list'>; choice: Choice; card: boolean; onOpen: (id: string | null) => void }

const scrolledBeyond = 120

/** One of the lists of alarms with its filters, selection and keys. */
export function ListView({ list, choice, card, onOpen }: ListViewProps) {
  const { t } = useTranslation()
  const { may } = useActor()
  const words = useAlarmWords()
  const [, change] = useAddress()
  const doing = useActs()
  const { view, opened } = choice
  // The same object until it says something else: the address changes also when an alarm is opened.
  const said = JSON.stringify(choice.filter)
  const filter = useMemo(() => JSON.parse(said) as Filter, [said])
  const labels = useLabels()
  const [selection, setSelection] = useState(nothingSelected)
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<{ id: string | null; steered: boolean }>({ id: null, steered: false })
  const [help, setHelp] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const scrolled = useScrolled(scrolledBeyond)

  // Typing goes on while a long list is narrowed.
  const narrowed = useDeferredValue(filter)
  const wanted = useMemo(() => {
    const textOf = (row: AlarmRow) => [words.line(row), row.place, row.line, labels.get(row.device ?? '') ?? ''].join(' ')
    return ordered(narrow(list.rows, narrowed, textOf), view)
  }, [list.rows, narrowed, view, words, labels])
  const key = view + JSON.stringify(narrowed)
  const { shown, fresh, gone, renew } = useSteady(wanted, scrolled || selection.ids.size > 0, key)
  const flood = view === 'open' && choice.grouped ? list.flood : null
  const entries = useMemo(() => entriesOf(shown, flood, unfolded), [shown, flood, unfolded])
  const order = useMemo(() => entries.flatMap(({ row }) => (row ? [row.id] : [])), [entries])
  const selectable = may('basic')
  const there = kept(
    selection,
    shown.map(({ id }) => id).filter((id) => !gone.has(id)),
  )
  const selectedRows = shown.filter(({ id }) => there.ids.has(id))
  const { outcome } = doing
  // What was chosen belongs to what is shown, and is done with when something was done with it.
  const [of, setOf] = useState({ key, outcome })
  if (of.key !== key || of.outcome !== outcome) {
    setOf({ key, outcome })
    if (of.key !== key || outcome) setSelection(nothingSelected)
  }

  const told = useTold({
    pick: (id, range) => setSelection((before) => (range ? reach(before, id, order) : toggle(before, id))),
    open: onOpen,
    act: (act, row) => doing.start(act, [row]),
    fold: (id) => setUnfolded((before) => toggle({ ids: before, anchor: null }, id).ids),
    enter: (id) => setCursor((before) => (before.id === id ? before : { id, steered: false })),
  })

  const allSelected = shown.length > 0 && shown.every(({ id }) => there.ids.has(id))
  const all = () => setSelection(allSelected ? nothingSelected : { ids: new Set(shown.map(({ id }) => id)), anchor: null })

  const rowsMeant = (): readonly AlarmRow[] => {
    if (selectedRows.length > 0) return selectedRows
    const entry = entries.find(({ id }) => id === cursor.id)
    return entry ? (entry.group ? entry.group.rows : [entry.row]) : []
  }
  const move = (to: number) => {
    const id = entries[Math.max(0, Math.min(entries.length - 1, to))]?.id
    if (id === undefined) return false
    setCursor({ id, steered: true })
    if (opened !== null && !card && entries.some((entry) => entry.id === id && entry.row)) onOpen(id)
    return true
  }
  const act = (which: Act): boolean => {
    if (!may(needs[which])) return false
    doing.start(which, rowsMeant())
    return true
  }
  const run = (command: Command): boolean => {
    const place = entries.findIndex(({ id }) => id === cursor.id)
    const entry = entries[place]
    switch (command) {
      case 'next':
        return move(place + 1)
      case 'previous':
        return move(place === -1 ? 0 : place - 1)
      case 'first':
        return move(0)
      case 'last':
        return move(entries.length - 1)
      case 'select':
        if (!entry || !selectable) return false
        if (entry.group) setSelection({ ids: new Set([...there.ids, ...entry.group.rows.map(({ id }) => id)]), anchor: null })
        else told.pick(entry.id, false)
        return true
      case 'reach':
        if (!entry?.row || !selectable) return false
        told.pick(entry.id, true)
        return true
      case 'all':
        if (!selectable) return false
        all()
        return true
      case 'acknowledge':
        return act('acknowledge')
      case 'shelve':
        return act('shelve')
      case 'open':
        if (!entry) return false
        if (entry.group) told.fold(entry.id)
        else onOpen(entry.id)
        return true
      case 'close':
        if (opened !== null) onOpen(null)
        else if (there.ids.size > 0) setSelection(nothingSelected)
        else return false
        return true
      case 'filter':
        field.current?.focus()
        return true
      case 'keys':
        setHelp(true)
        return true
    }
  }
  useKeys(run)

  const unseen = view === 'open' ? actable('acknowledge', shown) : []
  const named = {
    rule: list.rows.find(({ rule }) => rule === filter.rule)?.ruleName ?? null,
    device: list.rows.find(({ device }) => device === filter.device)?.deviceName ?? null,
  }
  const notes = [list.flood.active, outcome !== null, doing.error !== null, unseen.length > 0].join()
  return (
    <>
      <FilterBar field={field} view={view} filter={filter} named={named} onChange={change}>
        {unseen.length > 1 && may('basic') && (
          <Button variant="default" size="sm" onClick={() => doing.start('acknowledge', unseen)} disabled={doing.busy}>
            {t('alarms.list.acknowledgeAll', { count: unseen.length })}
          </Button>
        )}
      </FilterBar>
      <FloodNote
        flood={list.flood}
        rows={list.rows}
        grouped={choice.grouped}
        onGrouped={(on) => change({ group: on ? undefined : 'off' })}
        onOpen={onOpen}
      />
      <OutcomeNote acts={doing} />
      {fresh > 0 && (
        <div className={classes['fresh']}>
          <Button
            size="compact-md"
            onClick={() => {
              renew()
              window.scrollTo({ top: 0 })
            }}
          >
            {t('alarms.list.fresh', { count: fresh })}
          </Button>
        </div>
      )}
      {entries.length > 0 ? (
        <AlarmGrid
          label={t(`alarms.list.view.${view}`)}
          entries={entries}
          card={card}
          current={cursor.id}
          steered={cursor.steered}
          selectable={selectable}
          selected={there.ids}
          gone={gone}
          opened={opened}
          above={notes}
          told={told}
          onAll={all}
          allSelected={allSelected}
        />
      ) : isNarrow(filter) && list.rows.length > 0 ? (
        <Empty icon={IconZoomQuestion} title={t('alarms.list.noMatch.title')} hint={t('alarms.list.noMatch.hint')}>
          <Button variant="default" onClick={() => change(noFilter)}>
            {t('alarms.list.filter.none')}
          </Button>
        </Empty>
      ) : view === 'open' ? (
        <NoAlarms />
      ) : (
        <Empty
          icon={IconBellCheck}
          title={t(`alarms.list.empty.${view === 'history' ? 'pending' : view}.title`)}
          hint={t(`alarms.list.empty.${view === 'history' ? 'pending' : view}.hint`)}
        />
      )}
      <SelectionBar rows={selectedRows} doing={doing} onClear={() => setSelection(nothingSelected)} />
      <ActDialog acts={doing} />
      {help && <KeysDialog onClose={() => setHelp(false)} />}
    </>
  )
}

/** Rows are told once how to speak to the list, so that they are not drawn again for it. */
function useTold(told: RowTold): RowTold {
  const latest = useRef(told)
  useEffect(() => {
    latest.current = told
  })
  const pick = useCallback<RowTold['pick']>((id, range) => latest.current.pick(id, range), [])
  const open = useCallback<RowTold['open']>((id) => latest.current.open(id), [])
  const act = useCallback<RowTold['act']>((which, row) => latest.current.act(which, row), [])
  const fold = useCallback<RowTold['fold']>((id) => latest.current.fold(id), [])
  const enter = useCallback<RowTold['enter']>((id) => latest.current.enter(id), [])
  return useMemo(() => ({ pick, open, act, fold, enter }), [pick, open, act, fold, enter])
}

/** The labels of each device as text. */
function useLabels(): ReadonlyMap<string, string> {
  const { data } = useCall('devices.list', {})
  return useMemo(() => new Map((data ?? []).map(({ id, tags }) => [id, tags.join(' ')])), [data])
}
