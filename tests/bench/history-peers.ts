import { counts } from '#shared/history/buckets.ts'
import type { StoredLine } from '#shared/history/port.ts'
import { asked } from './history-questions.ts'
import { yearFrom } from './load-year.ts'

export const questions = ['raw', 'buckets', 'ten', 'newest', 'energy', 'mean'] as const
export type Question = (typeof questions)[number]

/** An answer as columns of numbers; `rows` of them. Moments in seconds since the year began. */
export type Columns = Record<string, ArrayLike<number>>
/** What answers are compared by. */
export type Digest = { rows: number; sums: Record<string, number> }
/** `ms` where the engine itself says how long it took, and then perhaps no answer. */
export type Reply = { ms?: number; digest?: () => Digest }
/** One way of putting a question; an engine may have several, of which the fastest counts. `alone`: without handing over the rows. */
export type Way = { how: string; alone?: boolean; ask: () => Promise<Reply> }

export type Peer = {
  name: string
  /** Takes all rows, series by series, each oldest first. */
  load(rows: AsyncIterable<StoredLine[]>): Promise<void>
  ways: Record<Question, Way[]>
  bytes(): Promise<number>
  close(): Promise<void>
}

/** Buckets of a year of one point begin at its first sample and are as long as Hearthgrid's own. */
export const bucketMs = (35_135 * 900_000) / asked.width
/** Days of the peers: those of Berlin in winter, all the year. */
export const dayMs = 86_400_000
/** Days that are the same with and without summer time. */
export const isWinter = (day: number) => day < 90 || day > 301

export const secondsOf = (ms: number) => (ms - yearFrom) / 1000

/** Sums of the columns. */
export function digestOf(columns: Columns): Digest {
  const sums = Object.entries(columns).map(([name, column]) => {
    let sum = 0
    for (let i = 0; i < column.length; i++) sum += column[i] as number
    return [name, sum] as const
  })
  return { rows: Object.values(columns)[0]?.length ?? 0, sums: Object.fromEntries(sums) }
}

/** Energy of the days after the first, whose first step no engine knows. `day` counts from 0. */
export function digestOfDays(day: ArrayLike<number>, energy: ArrayLike<number>): Digest {
  const later: number[] = []
  const winter: number[] = []
  for (let i = 0; i < day.length; i++) {
    if ((day[i] as number) > 0) later.push(energy[i] as number)
    if ((day[i] as number) > 0 && isWinter(day[i] as number)) winter.push(energy[i] as number)
  }
  return { ...digestOf({ value: later, winter }), rows: day.length }
}

/** Throws unless the answer is the expected one: the same rows, and each of its sums to a millionth. */
export function check(who: string, found: Digest, expected: Digest): void {
  const wrong = Object.entries(found.sums).filter(([name, sum]) => {
    const right = expected.sums[name]
    return right === undefined || !(Math.abs(sum - right) <= Math.abs(right) * 1e-6)
  })
  if (found.rows === expected.rows && wrong.length === 0 && Object.keys(found.sums).length > 0) return
  throw new Error(`${who} answers ${JSON.stringify(found)} where ${JSON.stringify(expected)} is right`)
}

/** The right answers, worked out in plain code from the rows that every engine is given. */
export class Expected {
  rows = 0
  readonly #columns: Record<Question, Record<string, number[]>> = {
    raw: { at: [], value: [], quality: [] },
    buckets: { min: [], max: [], value: [] },
    ten: { at: [], value: [], quality: [] },
    newest: { at: [], value: [], quality: [] },
    energy: { day: [], energy: [] },
    mean: { value: [], all: [] },
  }

  take(line: StoredLine): void {
    this.rows += line.at.length
    const columns = this.#columns
    if (line.series === asked.one) this.#samples(columns['raw'], line, asked.year)
    if (line.series === asked.one) this.#buckets(line)
    if (asked.ten.includes(line.series)) this.#samples(columns['ten'], line, asked.june)
    this.#samples(columns['newest'], line, { from: line.at.at(-1) ?? 0, to: Infinity })
    if (asked.meters.includes(line.series)) this.#energy(line)
    this.#mean(line)
  }

  digest(question: Question): Digest {
    const columns = this.#columns[question]
    return question === 'energy' ? digestOfDays(columns['day'] ?? [], columns['energy'] ?? []) : digestOf(columns)
  }

  #samples(columns: Record<string, number[]>, { at, value, quality }: StoredLine, { from, to }: { from: number; to: number }): void {
    at.forEach((moment, i) => {
      if (moment < from || moment >= to) return
      columns['at']?.push(secondsOf(moment))
      columns['value']?.push(value[i] as number)
      columns['quality']?.push(quality[i] as number)
    })
  }

  /** Without the first bucket, whose first sample Hearthgrid shows by itself. */
  #buckets({ at, value }: StoredLine): void {
    const buckets = new Map<number, number[]>()
    at.forEach((moment, i) => {
      const bucket = Math.floor((moment - (at[0] as number)) / bucketMs)
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), value[i] as number])
    })
    const columns = this.#columns['buckets']
    for (const [bucket, values] of buckets) {
      if (bucket === 0) continue
      columns['min']?.push(Math.min(...values))
      columns['max']?.push(Math.max(...values))
      columns['value']?.push(values.reduce((sum, one) => sum + one, 0) / values.length)
    }
  }

  /** A step up counts for the day of the later sample, a step down (another meter) for nothing. */
  #energy({ at, value }: StoredLine): void {
    const days = new Map<number, number>()
    for (let i = 0; i < at.length && (at[i] as number) < asked.days.to; i++) {
      const day = Math.floor(((at[i] as number) - asked.days.from) / dayMs)
      const step = i === 0 ? 0 : Math.max(0, (value[i] as number) - (value[i - 1] as number))
      days.set(day, (days.get(day) ?? 0) + step)
    }
    this.#columns['energy']['day']?.push(...days.keys())
    this.#columns['energy']['energy']?.push(...days.values())
  }

  /** `all` is the mean for an engine that keeps no quality. */
  #mean({ at, value, quality }: StoredLine): void {
    const sums = { count: 0, sum: 0, all: 0, allSum: 0 }
    for (let i = 0; i < at.length; i++) {
      if ((at[i] as number) < asked.june.from || (at[i] as number) >= asked.june.to) continue
      sums.all++
      sums.allSum += value[i] as number
      if (!counts(value[i] as number, quality[i] as number)) continue
      sums.count++
      sums.sum += value[i] as number
    }
    this.#columns['mean']['value']?.push(sums.sum / sums.count)
    this.#columns['mean']['all']?.push(sums.allSum / sums.all)
  }
}
