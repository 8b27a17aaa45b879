import type { PracticeRun } from '#shared/practice/contract.ts'
import { byteOrderMark, delimiters, lineEnd, numberCells, textCell, type Delimiter } from '#shared/history/csv.ts'
import type { Download } from '../download.ts'

type Cell = string | number | null

const minuteMs = 60_000
const truthHeads = ['kind', 'target', 'origin', 'parameters', 'began', 'ended', 'began after (min)', 'found by']
const findingHeads = ['trainee', 'kind', 'target', 'reported', 'reported after (min)', 'outcome', 'delay (min)', 'note']

/** The truth of an exercise; simulated times are UTC. Faults that had not begun have no time. */
export function truthTable(run: PracticeRun, delimiter: Delimiter): Download {
  const rows = (run.faults ?? []).map(({ id, kind, target, own, params, state, after, from, to }): Cell[] => [
    kind,
    target,
    own ? 'exercise' : 'before',
    Object.entries(params)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
    timeOf(from),
    timeOf(to),
    state === 'planned' ? null : minutes(after),
    run.findings
      .filter(({ outcome, fault }) => outcome === 'found' && fault === id)
      .map(({ trainee }) => trainee)
      .join(', '),
  ])
  return tableOf(`${nameOf(run)}-truth.csv`, [truthHeads, ...rows], delimiter)
}

/** What was reported. Without the truth nothing is told of what came of it. */
export function findingTable(run: PracticeRun, delimiter: Delimiter): Download {
  const rows = run.findings.map(({ trainee, kind, target, at, after, outcome, delay, note }): Cell[] => [
    trainee,
    kind,
    target,
    timeOf(at),
    minutes(after),
    outcome,
    delay === null ? null : minutes(delay),
    note,
  ])
  return tableOf(`${nameOf(run)}-findings.csv`, [findingHeads, ...rows], delimiter)
}

const minutes = (ms: number) => Math.round(ms / minuteMs)
const timeOf = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 19).replace('T', ' '))
const nameOf = ({ startedAt, exercise }: PracticeRun) => `${new Date(startedAt).toISOString().slice(0, 10)}-${exercise}`

function tableOf(name: string, rows: readonly Cell[][], delimiter: Delimiter): Download {
  const sign = delimiters[delimiter]
  const number = numberCells('point', sign)
  const cell = (value: Cell) => (value === null ? '' : typeof value === 'number' ? number(value) : textCell(value, sign))
  const text = byteOrderMark + rows.map((row) => row.map(cell).join(sign) + lineEnd).join('')
  return { name, type: 'text/csv; charset=utf-8', pieces: pieces(text) }
}

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text))
}
