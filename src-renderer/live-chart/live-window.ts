import type { Line } from '#shared/history/contract.ts'

/** Lengths of the window, minutes. */
export const lengths = [15, 60, 240] as const
export type Length = (typeof lengths)[number]

const minuteMs = 60_000
/** The window moves on in steps of this part of it, so that most values which come in move nothing but a line. */
const stepPart = 20

export function lengthOf(word: string | undefined): Length {
  return lengths.find((one) => String(one) === word) ?? 60
}

/** The window that shows a moment, with some room for what comes. */
export function windowAt(now: number, length: Length): { from: number; to: number } {
  const step = (length * minuteMs) / stepPart
  const to = (Math.floor(now / step) + 1) * step
  return { from: to - length * minuteMs, to }
}

type Columns = Pick<Line, 'at' | 'value' | 'quality'>

/**
 * The samples of a series that a window shows, one more on its left included: what is stored as long as nothing was recorded and
 * where the recording has a hole, else what was recorded, up to the moment `until`.
 */
export function shownIn(from: number, until: number, stored: Columns | undefined, recorded: Columns | undefined): Line {
  const line: Line = { series: 0, at: [], value: [], quality: [], stored: 0, min: null, max: null }
  const push = (columns: Columns, i: number) => {
    line.at.push(columns.at[i] ?? 0)
    line.value.push(columns.value[i] ?? null)
    line.quality.push(columns.quality[i] ?? 0)
  }
  const begun = recorded?.at[0] ?? Number.POSITIVE_INFINITY
  let s = stored ? before(stored.at, from) : 0
  const storedUntil = (end: number) => {
    for (; stored && s < stored.at.length && (stored.at[s] ?? 0) < end; s++) if ((stored.at[s] ?? 0) <= until) push(stored, s)
  }
  storedUntil(begun)
  if (!recorded) return line
  for (let i = before(recorded.at, from); i < recorded.at.length && (recorded.at[i] ?? 0) <= until; i++) {
    push(recorded, i)
    const isHole = recorded.value[i] === null && recorded.quality[i] === 0
    const [start, end] = [recorded.at[i] ?? 0, recorded.at[i + 1] ?? Number.POSITIVE_INFINITY]
    while (stored && s < stored.at.length && (stored.at[s] ?? 0) < start) s++
    if (isHole) storedUntil(end)
  }
  return line
}

/** The last sample before the window, from which its line comes in. */
function before(at: readonly number[], from: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
