export type Steady<T> = {
  shown: readonly T[]
  /** Rows that came and are not shown yet. */
  fresh: number
  /** Rows that went and are still shown. */
  gone: ReadonlySet<string>
}

/** Rows as they were when somebody began to look at them: each with what is known of it now, none moved, new ones only counted. */
export function steady<T extends { id: string }>(before: readonly T[], now: readonly T[]): Steady<T> {
  const current = new Map(now.map((row) => [row.id, row]))
  const gone = new Set(before.flatMap(({ id }) => (current.has(id) ? [] : [id])))
  const shown = before.map((row) => current.get(row.id) ?? row)
  return { shown, fresh: now.length - (before.length - gone.size), gone }
}
