import { voltageQuantities, type Input, type InputConfig, type InputType } from '#shared/inputs/contract.ts'
import { lineThrough } from '#shared/inputs/point.ts'

export type InputDraft = {
  type: InputType
  name: string
  quantity: (typeof voltageQuantities)[number]
  rawLow: number | ''
  low: number | ''
  rawHigh: number | ''
  high: number | ''
}

/** Two raw values that a line is told by when nobody has entered others. */
const [rawLow, rawHigh] = [0, 1000]

/** What the dialog opens with: the present meaning, or a Pt1000 without a name. */
export function draftOf({ config }: Pick<Input, 'config'>): InputDraft {
  const known = voltageQuantities.find((one) => one === config?.quantity)
  const { scale, offset } = config?.type === 'voltage' ? config : { scale: 0.01, offset: 0 }
  const at = (raw: number) => Number((raw * scale + offset).toPrecision(12))
  return {
    type: config?.type ?? 'pt1000',
    name: config?.name ?? '',
    quantity: known ?? 'temperature',
    rawLow,
    low: at(rawLow),
    rawHigh,
    high: at(rawHigh),
  }
}

/** What is sent, or null while something is missing or the pairs are no line. */
export function configOf({ type, name, quantity, ...pairs }: InputDraft): InputConfig | null {
  const named = name.trim()
  if (named === '') return null
  if (type === 'pt1000') return { type, name: named, quantity: 'temperature', scale: 0.01, offset: 0 }
  if (type === 'digital') return { type, name: named, quantity: 'state', scale: 1, offset: 0 }
  const { rawLow: rawA, low: a, rawHigh: rawB, high: b } = pairs
  if (rawA === '' || a === '' || rawB === '' || b === '') return null
  const line = lineThrough([rawA, a], [rawB, b])
  return line && { type, name: named, quantity, ...line }
}
