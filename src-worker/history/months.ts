import type { SealedEntry } from './manifest.ts'

/** Files of one month that are to become one. */
export type Merge = { month: string; files: SealedEntry[]; level: number }

/** So many files of one level become one of the next. */
const fan = 6
/** A month all in one file. */
export const wholeLevel = 9
/** Controllers hand in what they kept for some days. */
const quietMs = 48 * 3_600_000

export function monthOf(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 7)
}

/** First moment of a UTC month and of the next, UTC ms. */
export function rangeOf(month: string): { from: number; to: number } {
  const end = new Date(`${month}-01T00:00:00Z`)
  end.setUTCMonth(end.getUTCMonth() + 1)
  return { from: Date.parse(`${month}-01T00:00:00Z`), to: end.getTime() }
}

/**
 * What to bring together next: a month that is over and lies in several files, or several small files of one level that follow each other.
 * `whole`: every month in one file, also the present one. Months in `rested` were brought together lately and are left alone.
 */
export function nextMerge(files: readonly SealedEntry[], now: number, whole: boolean, rested: ReadonlySet<string>): Merge | undefined {
  for (const month of new Set(files.map((file) => file.month))) {
    // What was thinned has only its sums left: it is not written again.
    const mine = files.filter((file) => file.month === month && !file.thinned)
    if (mine.length < 2) continue
    const over = rangeOf(month).to + quietMs < now && !rested.has(month)
    if (whole || over) return { month, files: mine, level: wholeLevel }
    const run = runOf(mine)
    if (run) return { month, files: run, level: (run[0]?.level ?? 0) + 1 }
  }
  return undefined
}

function runOf(files: readonly SealedEntry[]): SealedEntry[] | undefined {
  for (let i = 0; i + fan <= files.length; i++) {
    const run = files.slice(i, i + fan)
    if (run.every(({ level }) => level === run[0]?.level)) return run
  }
  return undefined
}
