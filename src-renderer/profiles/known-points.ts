import { pointTextKey } from '#shared/devices/point-text.ts'
import type { Quantity } from '#shared/units.ts'

export type KnownPoints = Readonly<Record<string, Quantity>>

/** Well-known names and their quantity. */
export async function readKnownPoints(): Promise<KnownPoints> {
  return (await import('../../resources/points.json')).default as KnownPoints
}

/** First words that carry the number of their circuit, meter or terminal. */
const numbered = new Set(['circuit', 'meter', 'input', 'relay', 'triac', 'alarm', 'analogOutput'])
/** First words of names that stand for themselves; all others stand below a circuit. */
const alone = new Set([
  ...numbered,
  'hotWater',
  'circulation',
  'floorDrying',
  'mbus',
  'pump',
  'valve',
  'clock',
  'identity',
  'externalOutdoor',
])

/** Names that fit what is typed, with the number that is typed, at most `most`. */
export function suggestions(known: KnownPoints, typed: string, most = 20): string[] {
  const text = typed.trim().toLowerCase()
  const number = /^[a-z]+(\d+)/.exec(text)?.[1] ?? '1'
  const found: string[] = []
  for (const key of Object.keys(known)) {
    const [first = '', ...rest] = key.split('.')
    const whole =
      rest.length > 0 && !alone.has(first) ? `circuit${number}.${key}` : [numbered.has(first) ? first + number : first, ...rest].join('.')
    if (whole.toLowerCase().includes(text) && whole !== typed.trim()) found.push(whole)
    if (found.length === most) break
  }
  return found
}

/** The quantity that a name has everywhere, or undefined for a name of one’s own. */
export function quantityOf(known: KnownPoints, id: string): Quantity | undefined {
  const { key } = pointTextKey(id.trim())
  return Object.hasOwn(known, key) ? known[key] : undefined
}
