import type { Tally } from '#shared/ingest/contract.ts'

export function noTally(): Tally {
  return { values: 0, stored: 0, duplicates: 0, conflicts: 0, unmapped: 0, notNumbers: 0, noTime: 0, badTime: 0, future: 0, old: 0 }
}

/** Adds `more` to `sum`. */
export function addTally(sum: Tally, more: Tally): void {
  for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += more[key]
}
