export type Drawn = {
  path: string
  /** Heights of the limit and of the moment it was raised, null outside. */
  limit: number | null
  raised: number | null
  low: number
  high: number
}

type Course = {
  at: readonly number[]
  value: readonly (number | null)[]
  from: number
  to: number
  limit: number | null
  raisedAt: number | null
}

/** A line of `width` by `height`, px, with the limit within its range. A hole in the data is a hole in the line. Null when there is too little. */
export function courseOf({ at, value, from, to, limit, raisedAt }: Course, width: number, height: number): Drawn | null {
  const known = value.filter((one) => one !== null)
  if (known.length < 2 || to <= from) return null
  const all = limit === null ? known : [...known, limit]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const span = high - low || 1
  const x = (time: number) => ((time - from) / (to - from)) * width
  const y = (one: number) => (high === low ? height / 2 : height - ((one - low) / span) * height)
  let path = ''
  let pen = 'M'
  value.forEach((one, i) => {
    const time = at[i]
    if (one === null || time === undefined) {
      pen = 'M'
      return
    }
    path += `${pen}${x(time).toFixed(1)} ${y(one).toFixed(1)}`
    pen = 'L'
  })
  const inside = raisedAt !== null && raisedAt >= from && raisedAt <= to
  return { path, limit: limit === null ? null : y(limit), raised: inside ? x(raisedAt) : null, low, high }
}
