import { FaultyFormula } from './fault.ts'
import { formulaLimits } from './limits.ts'
import type { Place } from './tree.ts'

export type Token = Place &
  (
    | { kind: 'number'; value: number }
    | { kind: 'name'; name: string }
    | { kind: 'point'; words: string }
    | { kind: 'group'; words: string }
    | { kind: 'sign'; sign: string }
    | { kind: 'end' }
  )

const space = /\s+/y
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const name = /[\p{L}°_][\p{L}\p{N}_]*|%/uy
const sign = /<=|>=|<>|!=|[-+*/^()<>=,;·×÷−≤≥≠]/y

/** Signs that mean the same as others. */
const same = new Map([
  ['·', '*'],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '<>'],
  ['!=', '<>'],
  [';', ','],
])

/** Cuts a formula into its words. Throws FaultyFormula. */
export function tokensOf(text: string): Token[] {
  if (text.length > formulaLimits.text) throw new FaultyFormula('tooLong', formulaLimits.text, 0, { most: String(formulaLimits.text) })
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? null
  }
  while (at < text.length) {
    const blank = take(space)
    if (blank !== null) {
      at += blank.length
      continue
    }
    const token = enclosed(text, at) ?? wordAt(at, take)
    if (!token) throw new FaultyFormula('sign', at, 1, { sign: String.fromCodePoint(text.codePointAt(at) ?? 32) })
    tokens.push(token)
    at = token.end
    if (tokens.length > 4 * formulaLimits.nodes) throw new FaultyFormula('tooLarge', token.at, 0, { most: String(formulaLimits.nodes) })
  }
  return [...tokens, { kind: 'end', at: text.length, end: text.length }]
}

function wordAt(at: number, take: (pattern: RegExp) => string | null): Token | null {
  const digits = take(number)
  if (digits !== null) {
    const value = Number(digits)
    if (!Number.isFinite(value)) throw new FaultyFormula('number', at, digits.length, { number: digits.slice(0, 20) })
    return { kind: 'number', value, at, end: at + digits.length }
  }
  const word = take(name)
  if (word !== null) return { kind: 'name', name: word, at, end: at + word.length }
  const found = take(sign)
  return found === null ? null : { kind: 'sign', sign: same.get(found) ?? found, at, end: at + found.length }
}

/** A point in square brackets or a group in curly ones. A backslash lets a bracket stand for itself. */
function enclosed(text: string, at: number): Token | null {
  const open = text[at]
  if (open !== '[' && open !== '{') return null
  const close = open === '[' ? ']' : '}'
  let words = ''
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) words += text[++i]
    else if (text[i] === close) return { kind: open === '[' ? 'point' : 'group', words: words.trim(), at, end: i + 1 }
    else words += text[i]
  }
  throw new FaultyFormula('unclosed', at, 1, { sign: open })
}
