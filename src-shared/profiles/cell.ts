/** What can be wrong with one cell; `range` comes with words that say what the thing allows. */
export const faultKinds = [
  'missing',
  'number',
  'whole',
  'choice',
  'name',
  'list',
  'pairs',
  'claim',
  'flag',
  'range',
  'twice',
  'column',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Takes the text of a cell that is not empty. */
export type Read<T> = (text: string) => { value: T } | FaultKind

/** Decimals after a point or a comma; without signs between thousands, which could be either. */
export const number: Read<number> = (text) =>
  /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(text) ? { value: Number(text.replace(',', '.')) } : 'number'

export const whole: Read<number> = (text) =>
  /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? { value: Number(text) } : 'whole'

export const words: Read<string> = (text) => ({ value: text })

/** What a spreadsheet makes of a tick. */
export const flag: Read<true> = (text) => (/^(yes|true|1|x)$/i.test(text) ? { value: true } : 'flag')

export function oneOf<const T extends string>(choices: readonly T[]): Read<T> {
  return (text) => {
    const value = choices.find((one) => one.toLowerCase() === text.toLowerCase())
    return value === undefined ? 'choice' : { value }
  }
}

/** Values with | between them. */
export function list<T>(read: Read<T>): Read<T[]> {
  return (text) => {
    const values: T[] = []
    for (const part of text.split('|')) {
      const got = read(part.trim())
      if (typeof got === 'string') return 'list'
      values.push(got.value)
    }
    return { value: values }
  }
}

/** Whole number = value, with | between the pairs. */
export function pairs<T>(read: Read<T>): Read<Record<string, T>> {
  return (text) => {
    const found: [string, T][] = []
    for (const pair of text.split('|')) {
      const [, key = '', value = ''] = /^\s*(-?\d+)\s*=\s*(.+?)\s*$/.exec(pair) ?? []
      const got = value === '' ? 'pairs' : read(value)
      if (typeof got === 'string' || found.some(([other]) => other === key)) return 'pairs'
      found.push([key, got.value])
    }
    return { value: Object.fromEntries(found) }
  }
}
