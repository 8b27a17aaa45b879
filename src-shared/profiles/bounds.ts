/** How large a device file from outside may be. Shipped files stay far below. */
export const bounds = {
  bytes: 900_000,
  depth: 12,
  items: 150_000,
  points: 5000,
  includes: 40,
  names: 200,
  idLength: 100,
  textLength: 2000,
  number: 1e15,
} as const

/** Keys that mean something to JavaScript itself. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Longest lists and tables by the key that holds them; what is not named is held only by `items`. */
const longest: Readonly<Record<string, number>> = {
  include: bounds.includes,
  points: bounds.points,
  only: bounds.names,
  except: bounds.names,
  key: 50,
  detect: 50,
  variants: 50,
  plausible: 50,
  models: bounds.names,
  requires: 50,
  unserved: 2000,
  faults: bounds.names,
  values: bounds.names,
  samples: 20,
}

type Step = { value: unknown; depth: number; key: string }

/**
 * What makes a document unfit to be looked at any further: too deep, too much of something, numbers beyond all measure, keys
 * that reach into the program. Null when nothing does. Takes time in proportion to the document and never recurses.
 */
export function boundsBreach(document: unknown): string | null {
  const open: Step[] = [{ value: document, depth: 1, key: 'file' }]
  let items = 0
  for (let step = open.pop(); step; step = open.pop()) {
    const { value, depth, key } = step
    if (++items > bounds.items) return `has more than ${bounds.items} values`
    if (typeof value === 'string' && value.length > bounds.textLength) return `${key}: is longer than ${bounds.textLength} characters`
    if (typeof value === 'number' && !(Math.abs(value) <= bounds.number)) return `${key}: ${value} is beyond all measure`
    if (typeof value !== 'object' || value === null) continue
    if (depth > bounds.depth) return `is nested deeper than ${bounds.depth}`
    const entries = Object.entries(value)
    const most = longest[key]
    if (most !== undefined && entries.length > most) return `${key}: has more than ${most} entries`
    for (const [inner, content] of entries) {
      if (inner.length > bounds.idLength) return `has a key longer than ${bounds.idLength} characters`
      if (forbidden.has(inner)) return `has the key "${inner}", which no device file has`
      open.push({ value: content, depth: depth + 1, key: Array.isArray(value) ? '' : inner })
    }
  }
  return null
}
