import type { AlarmKpi, KpiFigure } from '#shared/alarms/kpi-contract.ts'
import { figureRows } from '#shared/alarms/kpi-figures.ts'
import { byteOrderMark, delimiters, lineEnd, numberCells, textCell, type DecimalSign, type Delimiter } from '#shared/history/csv.ts'
import { offsetText, stampText } from '#shared/history/wall-clock.ts'
import type { Download } from '../../download.ts'

type Cell = string | number | null

const minuteMs = 60_000
const heads = ['section', 'name', 'value', 'unit', 'goal', 'met', 'device', 'note']
const unitOf = { count: '', rate: '', share: '%', duration: 'min' } as const

/** The figures of a month as a table. `ahead` is by how many ms the wall clock is ahead of UTC. */
export function kpiFile(
  kpi: AlarmKpi,
  form: { month: string; delimiter: Delimiter; decimal: DecimalSign; ahead: (at: number) => number },
): Download {
  const sign = delimiters[form.delimiter]
  const number = numberCells(form.decimal, sign)
  const time = (at: number) => `${stampText(at + form.ahead(at))} ${offsetText(form.ahead(at))}`
  const line = (cells: readonly Cell[]) =>
    cells.map((cell) => (cell === null ? '' : typeof cell === 'number' ? number(cell) : textCell(cell, sign))).join(sign) + lineEnd
  const rows: Cell[][] = [
    ['period', 'from', time(kpi.from), '', '', '', '', ''],
    ['period', 'to', time(kpi.to), '', '', '', '', ''],
    ...kpi.figures.map(figureCells),
    ...kpi.spread.map(({ priority, share, goal, met, count }): Cell[] => {
      return ['priority', priority, share === null ? null : percent(share), '%', percent(goal), met, '', `${count} alarms`]
    }),
    ...kpi.sources.map(({ ruleName, deviceName, count, suggestion }): Cell[] => [
      'source',
      ruleName,
      count,
      '',
      '',
      '',
      deviceName,
      suggestion,
    ]),
    ...kpi.stale.map(({ ruleName, deviceName, activeSince }): Cell[] => {
      return ['stale', ruleName, activeSince === null ? null : time(activeSince), '', '', '', deviceName, 'active since']
    }),
    ...kpi.chattering.map(({ ruleName, deviceName, changes, suggestion }): Cell[] => {
      return ['chattering', ruleName, changes, 'changes in a minute', '', '', deviceName, suggestion]
    }),
    ...kpi.floods.map(({ from, to, count, firstOut }): Cell[] => {
      return ['flood', time(from), count, 'alarms', '', '', firstOut?.deviceName ?? '', to === null ? '' : `until ${time(to)}`]
    }),
    ...kpi.bars.map(({ from, counts }): Cell[] => [
      'rate',
      time(from),
      Object.values(counts).reduce((a, b) => a + b, 0),
      'alarms',
      '',
      '',
      '',
      '',
    ]),
  ]
  async function* pieces() {
    yield new TextEncoder().encode(byteOrderMark + [heads, ...rows].map(line).join(''))
  }
  return { name: `alarms-${form.month}.csv`, type: 'text/csv; charset=utf-8', pieces: pieces() }
}

function figureCells({ name, value, goal, met }: KpiFigure): Cell[] {
  const { unit } = figureRows[name]
  const shown = (number: number) => (unit === 'share' ? percent(number) : unit === 'duration' ? round(number / minuteMs) : round(number))
  return [
    'figure',
    name,
    value === null ? null : shown(value),
    unitOf[unit],
    goal ? shown(goal.value) : null,
    met,
    '',
    goal?.is === 'under' ? 'under' : '',
  ]
}

const round = (value: number) => Math.round(value * 1000) / 1000
const percent = (share: number) => round(share * 100)
