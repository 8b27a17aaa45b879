/** A run of rows: UTC ms of its first and its last, and how many. */
export type Stretch = { from: number; to: number; first: number; last: number; rows: number }

/** Runs of consecutive rows for which something holds. */
export function stretchesOf(at: Float64Array, holds: (row: number) => boolean): Stretch[] {
  const found: Stretch[] = []
  let open: Stretch | undefined
  for (let row = 0; row < at.length; row++) {
    if (!holds(row)) {
      open = undefined
      continue
    }
    if (!open) found.push((open = { from: at[row] as number, to: 0, first: row, last: row, rows: 0 }))
    open.to = at[row] as number
    open.last = row
    open.rows++
  }
  return found
}
