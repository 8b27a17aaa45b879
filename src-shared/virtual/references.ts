import { FaultyFormula } from './fault.ts'
import { tokensOf } from './tokens.ts'

/** Replaces what stands in square brackets, and nothing else. Throws FaultyFormula for a text that cannot be cut into words. */
export function replacePoints(text: string, replace: (words: string, place: { at: number; end: number }) => string): string {
  let made = ''
  let done = 0
  for (const token of tokensOf(text)) {
    if (token.kind !== 'point') continue
    made += `${text.slice(done, token.at)}[${replace(token.words, token)}]`
    done = token.end
  }
  return made + text.slice(done)
}

/** The number of a point that is named by its series, such as `#12`. */
export function seriesIn(words: string): number | null {
  const [, digits] = /^#(\d{1,15})$/.exec(words) ?? []
  return digits === undefined ? null : Number(digits)
}

/** Device and point as they stand in square brackets. */
export function pointWords(device: string, point: string): string {
  return `${device} / ${point}`.replaceAll(/[\\\]]/g, (sign) => `\\${sign}`)
}

/** The two parts of `device / point`; names of devices may have the sign in them, and ids of points do not. */
export function splitWords(words: string): { device: string; point: string } | null {
  const at = words.lastIndexOf(' / ')
  return at === -1 ? null : { device: words.slice(0, at).trim(), point: words.slice(at + 3).trim() }
}

/** The text with every point named by its series number, so that no renaming can make it mean another. */
export function toStored(text: string, find: (words: string) => number | 'twice' | null): string {
  return replacePoints(text, (words, { at, end }) => {
    const series = find(words)
    if (series === null) throw new FaultyFormula('point', at, end - at, { point: words.slice(0, 120) })
    if (series === 'twice') throw new FaultyFormula('pointTwice', at, end - at, { point: words.slice(0, 120) })
    return `#${series}`
  })
}
