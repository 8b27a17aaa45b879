type Span = { from: number; to: number | null }
type Figure = { path: string; bars: { x: number; width: number }[]; limit: number | null; low: number; high: number }
type Course = {
  at: readonly number[]
  value: readonly (number | null)[]
  min: readonly (number | null)[] | null
  max: readonly (number | null)[] | null
}

/** A time is at least so wide that it can be seen. */
const leastWidth = 1.5

/**
 * A course of `width` by `height`, px, with the times that something stood and the limit within its range. Where the course stands for several
 * samples it runs from the smallest to the largest of each. Null when there is nothing to draw.
 */
export function trialFigure(
  { at, value, min, max }: Course,
  around: { from: number; to: number; limit: number | null; times: readonly Span[] },
  width: number,
  height: number,
): Figure | null {
  const { from, to, limit, times } = around
  const known = [value, min ?? [], max ?? []].flatMap((column) => column.filter((one) => one !== null))
  if (known.length === 0 || to <= from) return null
  const all = limit === null ? known : [...known, limit]
  const [low, high] = [least(all), -least(all.map((one) => -one))]
  const x = (time: number) => ((Math.min(to, Math.max(from, time)) - from) / (to - from)) * width
  const y = (one: number) => (high === low ? height / 2 : height - 2 - ((one - low) / (high - low)) * (height - 4))
  let path = ''
  let pen = 'M'
  at.forEach((time, i) => {
    const one = value[i] ?? null
    if (one === null) {
      pen = 'M'
      return
    }
    const ends = [min?.[i] ?? one, max?.[i] ?? one].toSorted((a, b) => Math.abs(a - one) - Math.abs(b - one))
    for (const end of new Set(ends)) {
      path += `${pen}${x(time).toFixed(1)} ${y(end).toFixed(1)}`
      pen = 'L'
    }
  })
  const bars = times.map((time) => {
    const begin = x(time.from)
    return { x: begin, width: Math.max(leastWidth, x(time.to ?? to) - begin) }
  })
  return { path, bars, limit: limit === null ? null : y(limit), low, high }
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY)
}
