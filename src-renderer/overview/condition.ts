/** A device fits when its point is above or below a number, in the unit that the program shows. */
export type Condition = { point: string; sign: '>' | '<'; value: number }

const pattern = /^([\w.-]{1,100})([<>])(-?\d+(?:\.\d+)?)$/

/** `circuit1.return>50,outdoor<0`; what is no condition is left out. */
export function conditionsOf(words: string | undefined): Condition[] {
  return (words ?? '').split(',').flatMap((word) => {
    const [, point, sign, number] = pattern.exec(word) ?? []
    return point !== undefined && (sign === '>' || sign === '<') ? [{ point, sign, value: Number(number) }] : []
  })
}

export function conditionWords(conditions: readonly Condition[]): string | undefined {
  return conditions.map(({ point, sign, value }) => `${point}${sign}${plain(value)}`).join(',') || undefined
}

// Never 1e-7, which the pattern does not read.
function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/0+$/, '').replace(/\.$/, '')
}

/** No value fits no condition. */
export function holds({ sign, value }: Condition, read: number | null): boolean {
  if (read === null) return false
  return sign === '>' ? read > value : read < value
}
