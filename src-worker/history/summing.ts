import type { DuckDBConnection } from '@duckdb/node-api'
import { edgesOf } from '#shared/history/buckets.ts'
import { appendColumns, bytes, integers, seconds, values } from './columns.ts'
import { emptySums, realColumns, Sums, wholeColumns, type SumRows } from './sums.ts'

/** Hours are kept where a series has more than this many samples in an hour; otherwise its samples are no more to read. */
const denseHour = 8

/** Reads the sorted rows once and writes the sums beside them. */
export class Summing {
  rows = 0
  first = Infinity
  last = 0
  readonly #connection: DuckDBConnection
  readonly #registers: ReadonlySet<number>
  readonly #day: Sums
  readonly #hour: Sums
  readonly #month: Sums
  #series = -1
  #second = -1
  #hoursFrom = 0
  #hourSamples = 0

  constructor(connection: DuckDBConnection, { month, zone, registers }: { month: string; zone: string; registers: ReadonlySet<number> }) {
    this.#connection = connection
    this.#registers = registers
    const start = Date.parse(`${month}-01T00:00:00Z`)
    const end = new Date(start)
    end.setUTCMonth(end.getUTCMonth() + 1)
    const sums = (step: 'day' | 'hour' | 'month') => new Sums(edgesOf(step, start, end.getTime(), zone).map((edge) => edge / 1000))
    this.#day = sums('day')
    this.#hour = sums('hour')
    this.#month = sums('month')
  }

  async take(from: number, to: number): Promise<void> {
    const result = await this.#connection.stream(
      `SELECT series, "at", value, quality FROM made.readings WHERE series BETWEEN ${from} AND ${to}`,
    )
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      this.#sum(integers(chunk, 0), seconds(chunk, 1), values(chunk, 2), bytes(chunk, 3))
    }
    this.#closeHours()
    await this.write(false)
  }

  #sum(series: Uint32Array, second: Uint32Array, value: Float64Array, quality: Uint8Array): void {
    for (let i = 0; i < series.length; i++) {
      const number = series[i] as number
      const at = second[i] as number
      if (number < this.#series || (number === this.#series && at <= this.#second)) {
        throw new Error(`sealed rows are not in order at series ${number}, second ${at}`)
      }
      if (number !== this.#series) this.#closeHours()
      this.#series = number
      this.#second = at
      if (at < this.first) this.first = at
      if (at > this.last) this.last = at
      this.#hourSamples++
      this.#day.add(number, at, value[i] as number, quality[i] as number)
      this.#hour.add(number, at, value[i] as number, quality[i] as number)
      this.#month.add(number, at, value[i] as number, quality[i] as number)
    }
    this.rows += series.length
  }

  /** Hours of a series that says as much with its samples are not kept. */
  #closeHours(): void {
    const hours = this.#hour.rows.length - this.#hoursFrom
    if (this.#hourSamples <= hours * denseHour) this.#hour.cutTo(this.#hoursFrom)
    this.#hoursFrom = this.#hour.rows.length
    this.#hourSamples = 0
  }

  /** Writes what is summed up; `all` also when it is little. */
  async write(all: boolean): Promise<void> {
    if (!all && this.#day.rows.length < 100_000) return
    await this.#append('day', this.#day.rows)
    await this.#append('register', onlyOf(this.#day.rows, this.#registers))
    await this.#append('hour', this.#hour.rows)
    await this.#append('month', this.#month.rows)
    for (const sums of [this.#day, this.#hour, this.#month]) sums.clear()
    this.#hoursFrom = 0
  }

  async #append(table: string, rows: SumRows): Promise<void> {
    if (rows.length === 0) return
    const appender = await this.#connection.createAppender(table, 'main', 'made')
    appendColumns(appender, [...wholeColumns.map((name) => rows[name]), ...realColumns.map((name) => rows[name])], rows.length)
    appender.closeSync()
  }
}

function onlyOf(rows: SumRows, series: ReadonlySet<number>): SumRows {
  const places: number[] = []
  for (let i = 0; i < rows.length; i++) if (series.has(rows.series[i] as number)) places.push(i)
  const picked = emptySums(places.length)
  picked.length = places.length
  places.forEach((from, to) => {
    for (const name of wholeColumns) picked[name][to] = rows[name][from] as number
    for (const name of realColumns) picked[name][to] = rows[name][from] as number
  })
  return picked
}
