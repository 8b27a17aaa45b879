import { randomUUID } from 'node:crypto'
import { addressKey } from '#shared/acquisition/address.ts'
import type { Handlers } from '#shared/contract.ts'
import type { commissioning, ScanHit } from '#shared/commissioning/contract.ts'
import { tableRowStates, type ImportRun, type TableRow } from '#shared/commissioning/table.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { exportOf, resultOf, rowsOfHits, templateText } from './table-file.ts'
import { readTable, type TableText } from './table-read.ts'
import { wantedOf, type Wanted } from './table-row.ts'
import { work, type Task } from './table-work.ts'

export type Row = TableRow & { wanted: Wanted | null }
type Run = Omit<ImportRun, 'counts' | 'rows'> & { rows: Row[]; cancelled: boolean; ended: Promise<void> }
type Operations = Pick<
  Handlers<typeof commissioning, Context>,
  'exportTable' | 'tableTemplate' | 'readTable' | 'table' | 'tableRows' | 'askTable' | 'importTable' | 'cancelTable' | 'tableResult'
>

/** `found`: what answered there already. */
type ReadTable = Omit<TableText, 'rows'> & { rows: (TableText['rows'][number] & { found?: string })[] }
type Tables = { operations: Operations; takeHits(hits: readonly ScanHit[]): ImportRun; stop(): Promise<void> }

export const tableJob = 'commissioning.table'

/** Tables that are kept in memory; the oldest that is not worked on goes first. */
const keptRuns = 4
/** What may still be asked and added. */
const open = new Set<TableRow['state']>(['new', 'found', 'failed'])

/** Tables of devices: read, looked through, asked about and added row by row. What is added stays, whatever becomes of the rest. */
export function createTables(host: Host): Tables {
  const runs = new Map<string, Run>()

  const find = (id: string): Run => {
    const run = runs.get(id)
    if (!run) throw new Failure('notFound', { what: 'table' })
    return run
  }

  const begin = (run: Run, state: 'asking' | 'adding', end: 'asked' | 'done', task: Task): ImportRun => {
    if (isBusy(run)) throw new Failure('busy', { what: 'table' })
    const rows = run.rows.filter((row) => open.has(row.state))
    Object.assign(run, { state, done: 0, total: rows.length, cancelled: false })
    const announce = (said: 'running' | 'done' | 'cancelled' | 'failed') =>
      host.events.announce({ event: 'jobs', job: tableJob, done: run.done, total: run.total, state: said })
    const close = (next: Run['state']) => {
      run.state = next
      announce(next === 'cancelled' ? 'cancelled' : 'done')
    }
    announce('running')
    run.ended = work(host, rows, task, {
      stopped: () => run.cancelled,
      stepped: (many) => {
        run.done += many
        if (!run.cancelled) announce('running')
      },
    }).then(
      () => close(run.cancelled ? 'cancelled' : end),
      (error: unknown) => {
        host.log.error('a table of devices was not worked through', { error: String(error) })
        close('cancelled')
      },
    )
    return presentRun(run)
  }

  const keep = ({ rows, ...said }: ReadTable): ImportRun => {
    const state = { state: 'read', done: 0, total: 0, cancelled: false, ended: Promise.resolve() } as const
    const run: Run = { id: randomUUID(), ...said, ...state, rows: judge(host, rows) }
    makeRoom(runs)
    runs.set(run.id, run)
    return presentRun(run)
  }

  return {
    takeHits(hits) {
      const rows = rowsOfHits(hits)
      return keep({ encoding: 'utf-8', separator: ';', ignored: [], rows })
    },
    operations: {
      exportTable: () => ({
        name: 'hearthgrid-devices.csv',
        text: exportOf(host.plant.all().filter(({ address }) => address.way !== 'calculated')),
      }),
      tableTemplate: () => ({ name: 'hearthgrid-template.csv', text: templateText() }),
      readTable: ({ file }) => keep(readTable(Buffer.from(file, 'base64'))),
      table: ({ id }) => presentRun(find(id)),
      tableRows({ id, from, limit, state }) {
        const rows = find(id).rows.filter((row) => state === undefined || row.state === state)
        return { total: rows.length, rows: rows.slice(from, from + limit).map(presentRow) }
      },
      askTable: ({ id }, context) => begin(find(id), 'asking', 'asked', { kind: 'ask', context: ofPerson(context) }),
      importTable: ({ id, unseen, plainOutside }, context) =>
        begin(find(id), 'adding', 'done', { kind: 'add', unseen, plainOutside, context: ofPerson(context) }),
      async cancelTable({ id }) {
        const run = find(id)
        run.cancelled = true
        return { done: true }
      },
      tableResult: ({ id }) => ({ name: 'hearthgrid-result.csv', text: resultOf(find(id).rows) }),
    },
    async stop() {
      for (const run of runs.values()) run.cancelled = true
    },
  }
}

const isBusy = ({ state }: Run) => state === 'asking' || state === 'adding'

/** The work goes on when the request has been answered, so that nothing of the request may be used then. */
const ofPerson = ({ actor }: Context): Context => ({ actor })

function makeRoom(runs: Map<string, Run>): void {
  const idle = [...runs.values()].filter((run) => !isBusy(run))
  for (const run of idle.slice(0, Math.max(0, runs.size - keptRuns + 1))) runs.delete(run.id)
}

/** What would become of each row as things stand. */
function judge(host: Host, rows: ReadTable['rows']): Row[] {
  const known = new Map(host.plant.all().map((device) => [addressKey(device.address), device.id]))
  const lines = new Map<string, number>()
  return rows.map(({ line, cells, found = null }) => {
    const row = { line, cells, field: null, failure: null, found, device: null, wanted: null }
    const wanted = wantedOf(cells, host.profiles)
    if ('field' in wanted) return { ...row, ...wanted, state: 'faulty' }
    const key = addressKey(wanted.address)
    const [device, twin] = [known.get(key) ?? null, lines.get(key)]
    if (device !== null) return { ...row, state: 'known', device }
    if (twin !== undefined) {
      const failure = new Failure('table.twice', { line: twin }).report()
      return { ...row, state: 'faulty', field: 'host', failure }
    }
    lines.set(key, line)
    return { ...row, state: 'new', wanted }
  })
}

function presentRow({ line, cells, state, field, failure, found, device }: Row): TableRow {
  return { line, cells, state, field, failure, found, device }
}

function presentRun({ id, state, encoding, separator, ignored, done, total, rows }: Run): ImportRun {
  const counts = Object.fromEntries(tableRowStates.map((one) => [one, 0])) as ImportRun['counts']
  for (const row of rows) counts[row.state] += 1
  return { id, state, encoding, separator, ignored, done, total, rows: rows.length, counts }
}
