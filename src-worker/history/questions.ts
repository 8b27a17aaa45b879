import { Failure } from '#shared/failures.ts'
import { gapsOf } from '#shared/history/buckets.ts'
import type { Buckets, BucketTable, Gaps, StoredLine } from '#shared/history/port.ts'
import { reduce, type Samples } from '#shared/history/reduce.ts'
import type { Step } from '#shared/history/step.ts'
import { readBuckets } from './bucket-lines.ts'
import { splitTable } from './bucket-sums.ts'
import { countSamples, readLines, type Question, type Range } from './lines.ts'
import type { Parts } from './start.ts'
import type { Unapplied } from './waiting.ts'

/** Does the work of a question on everything acknowledged by now, again when a damage was mended. */
export type Ask = <T>(range: Range, work: (unapplied: Unapplied) => Promise<T>) => Promise<T>

/** What a store is asked about its samples. */
export class Questions {
  readonly #parts: Pick<Parts, 'database' | 'sealed'>
  readonly #timeZone: string
  readonly #ask: Ask

  constructor(parts: Pick<Parts, 'database' | 'sealed'>, timeZone: string, ask: Ask) {
    this.#parts = parts
    this.#timeZone = timeZone
    this.#ask = ask
  }

  /** As HistoryPort.aggregate. */
  async aggregate(asked: Range & Question & { step: Exclude<Step, 'raw'> }): Promise<Buckets[]> {
    return splitTable(await this.sums(asked), asked.series)
  }

  /** As HistoryPort.sums. */
  async sums({ step, report = false, query, ...range }: Range & Question & { step: Exclude<Step, 'raw'> }): Promise<BucketTable> {
    const { database, sealed } = this.#parts
    const asked = {
      range: { ...range, series: [...new Set(range.series)] },
      step,
      zone: this.#timeZone,
      registers: sealed.registers,
    }
    return await this.#ask(range, (unapplied) => readBuckets(database, unapplied, asked, { query, report }))
  }

  /** As HistoryPort.gaps. */
  async gaps({ everyMs, query, ...range }: Range & Question & { everyMs: number }): Promise<Gaps[]> {
    return await this.#eachLine(range, { query, report: true }, (series, samples) => gapsOf(series, samples, range, everyMs))
  }

  /** Ends the questions of this name. */
  cancel(query: string): void {
    this.#parts.database.cancel(query)
  }

  /** As HistoryPort.chart. */
  async chart({ width, query, ...range }: Range & Question & { width: number }): Promise<StoredLine[]> {
    return await this.#eachLine(range, { query }, (series, samples) => reduce(series, samples, width))
  }

  /** As HistoryPort.samples. */
  async samples({ query, ...range }: Range & Question): Promise<StoredLine[]> {
    return await this.#eachLine(range, { query, report: true }, (series, samples) => ({
      series,
      ...samples,
      stored: samples.at.length,
      min: null,
      max: null,
    }))
  }

  /** As HistoryPort.readings. */
  async readings({
    series,
    from,
    to,
    limit,
    query,
  }: Question & { series: number; from: number; to: number; limit: number }): Promise<StoredLine> {
    if (!Number.isInteger(limit) || limit < 1) throw new Failure('input.invalid', { field: 'limit' })
    const range = { series: [series], from, to }
    const { database } = this.#parts
    return await this.#ask(range, async (unapplied) => {
      let line: Samples = noSamples()
      await readLines(database, unapplied, range, { query, limit }, (_series, samples) => {
        line = samples
      })
      const stored = line.at.length < limit ? line.at.length : await countSamples(database, unapplied, range)
      return { series, ...line, stored, min: null, max: null }
    })
  }

  /** An answer for each series in the order asked for, from its samples. */
  async #eachLine<T>(range: Range, question: Question, answer: (series: number, samples: Samples) => T): Promise<T[]> {
    const answers = new Map<number, T>()
    await this.#ask(range, (unapplied) =>
      readLines(this.#parts.database, unapplied, range, question, (series, samples) => {
        answers.set(series, answer(series, samples))
      }),
    )
    return range.series.map((series) => answers.get(series) ?? answer(series, noSamples()))
  }
}

function noSamples(): Samples {
  return { at: new Float64Array(0), value: new Float64Array(0), quality: new Uint8Array(0) }
}
