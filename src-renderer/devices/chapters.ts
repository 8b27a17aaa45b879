export type Chapter<P> = { title: string | null; rows: { point: P; name: string }[] }

/** Neighbours whose names begin with the same words and a colon go under one heading, and keep only what follows it. */
export function chapters<P>(points: readonly P[], nameOf: (point: P) => string): Chapter<P>[] {
  const found: Chapter<P>[] = []
  for (const point of points) {
    const name = nameOf(point)
    const [head, ...rest] = name.split(': ')
    const title = rest.length > 0 && head !== undefined ? head : null
    const last = found.at(-1)
    const row = { point, name: title === null ? name : rest.join(': ') }
    if (last && last.title === title) last.rows.push(row)
    else found.push({ title, rows: [row] })
  }
  // One alone needs no heading.
  return found.map((chapter) => {
    const [only] = chapter.rows
    if (chapter.title === null || chapter.rows.length > 1 || !only) return chapter
    return { title: null, rows: [{ point: only.point, name: nameOf(only.point) }] }
  })
}
