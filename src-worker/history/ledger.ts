import { integers, doubles } from './columns.ts'
import type { Database } from './database.ts'
import type { Latest } from './latest.ts'
import type { Reader } from './reader.ts'
import { pick, widen, type Rows } from './rows.ts'
import type { Unapplied, Waiting } from './waiting.ts'

/** Rows asked for, by series and second; `seen` once they are found somewhere. */
type Candidates = Map<number, Map<number, { row: number; seen: boolean }>>

/**
 * Decides which rows are new: no other sample of their series and second is stored or under way. It is decided once, before the
 * journal, so that filling the database from the journal needs no decision. One call at a time.
 */
export class Ledger {
  /** At least the newest second ever let through, by series; a later one is new without a look. */
  readonly #newest: Map<number, number>
  readonly #database: Database
  readonly #waiting: Waiting
  #pending: Rows[] = []
  #rejections = 0

  constructor(database: Database, waiting: Waiting, latest: Latest) {
    this.#newest = new Map(latest.seconds())
    this.#database = database
    this.#waiting = waiting
  }

  /** The new ones of these rows. They count as under way from now on. */
  async admit(rows: Rows): Promise<Rows> {
    const fresh: number[] = []
    const late: number[] = []
    for (let i = 0; i < rows.series.length; i++) {
      const series = rows.series[i] as number
      const second = rows.second[i] as number
      const newest = this.#newest.get(series)
      if (newest === undefined || second > newest) {
        this.#newest.set(series, second)
        fresh.push(i)
      } else late.push(i)
    }
    let admitted = rows
    if (late.length > 0) {
      admitted = pick(
        rows,
        [...fresh, ...(await this.#unknown(rows, fresh, late))].sort((a, b) => a - b),
      )
    }
    if (admitted.series.length > 0) this.#pending.push(admitted)
    return admitted
  }

  /** All of these rows, the last of several with one series and second, and how many of them are stored already. */
  async admitCorrections(rows: Rows): Promise<{ rows: Rows; replaced: number }> {
    const places = new Map<string, number>()
    for (let i = 0; i < rows.series.length; i++) places.set(`${rows.series[i]} ${rows.second[i]}`, i)
    const admitted = pick(rows, [...places.values()])
    const all = Array.from(admitted.series, (_, i) => i)
    const unknown = await this.#unknown(admitted, [], all)
    for (let i = 0; i < admitted.series.length; i++) {
      const [series, second] = [admitted.series[i] as number, admitted.second[i] as number]
      if (second > (this.#newest.get(series) ?? -1)) this.#newest.set(series, second)
    }
    if (all.length > 0) this.#pending.push(admitted)
    return { rows: admitted, replaced: all.length - unknown.length }
  }

  /** The oldest rows under way are acknowledged (and wait for the database). */
  acknowledged(): void {
    this.#pending.shift()
  }

  /** Nothing of what was under way is stored. */
  rejected(): void {
    this.#pending = []
    this.#rejections++
  }

  async #unknown(rows: Rows, fresh: readonly number[], late: readonly number[]): Promise<number[]> {
    for (;;) {
      const rejections = this.#rejections
      const candidates: Candidates = new Map()
      for (const row of late) add(candidates, rows, row)
      strike(candidates, pick(rows, fresh))
      for (const pending of this.#pending) strike(candidates, pending)
      await this.#strikeStored(candidates, this.#waiting.capture(), rows)
      if (rejections === this.#rejections) return remaining(candidates)
    }
  }

  async #strikeStored(candidates: Candidates, unapplied: Unapplied, rows: Rows): Promise<void> {
    const lookUp = async (reader: Reader) => {
      for await (const batch of unapplied(reader.sequence)) strike(candidates, batch)
      const asked = pick(rows, remaining(candidates))
      if (asked.series.length === 0) return
      await reader.table('asked', asked)
      const { first, last } = widen({ first: null, last: null }, asked.second)
      for (const { readings } of reader.sources(first ?? 0, (last ?? 0) + 1)) {
        await reader.chunks(`SELECT series::UINTEGER, epoch("at") FROM ${readings} SEMI JOIN asked USING (series, "at")`, (chunk) => {
          const series = integers(chunk, 0)
          doubles(chunk, 1).forEach((second, i) => markSeen(candidates, series[i] as number, second))
        })
      }
    }
    await this.#database.read(lookUp, { urgent: true })
  }
}

/** The first of several rows with one series and second stands for them. */
function add(candidates: Candidates, rows: Rows, row: number): void {
  const series = rows.series[row] as number
  const second = rows.second[row] as number
  const seconds = candidates.get(series) ?? new Map()
  if (!seconds.has(second)) seconds.set(second, { row, seen: false })
  candidates.set(series, seconds)
}

function strike(candidates: Candidates, rows: Rows): void {
  for (let i = 0; i < rows.series.length; i++) markSeen(candidates, rows.series[i] as number, rows.second[i] as number)
}

function markSeen(candidates: Candidates, series: number, second: number): void {
  const found = candidates.get(series)?.get(second)
  if (found) found.seen = true
}

function remaining(candidates: Candidates): number[] {
  return [...candidates.values()].flatMap((seconds) => [...seconds.values()].flatMap(({ row, seen }) => (seen ? [] : row)))
}
