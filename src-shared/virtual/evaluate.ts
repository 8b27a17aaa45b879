import { qualities } from '../reading.ts'
import type { Program, Step } from './program.ts'
import { combine } from './combine.ts'

/**
 * Why there is no value, or why it is worth less: which input, which place in the text, and how many of how many had a value.
 * `calculated`, of an input that is a formula itself, is only said where its owner is known.
 */
export const reasonCodes = [
  'missing',
  'fault',
  'offline',
  'stale',
  'divide',
  'noNumber',
  'fell',
  'share',
  'none',
  'holes',
  'calculated',
] as const
export type ReasonCode = (typeof reasonCodes)[number]
export type Reason = { code: ReasonCode; input: number | null; at: number; end: number; have: number; of: number }

/** `value` NaN when there is none, which `reason` then explains; `quality` is the position in `qualities`. */
export type Outcome = { value: number; quality: number; reason: Reason | null }

/** Inputs of a program by their number: `value` NaN or `quality` `missing` when there is none. */
export type InputColumns = { value: Float64Array; quality: Uint8Array }

/** No sample at all. */
export const missing = 255

export const code = (name: (typeof qualities)[number]) => qualities.indexOf(name)
const good = code('good')
const fault = code('fault')
const offline = code('offline')
const stale = code('stale')
const substituted = code('substituted')

/** From best to worst; the worst of the inputs is the quality of the result. */
const ranks = new Uint8Array(256)
;(['good', 'log', 'manual', 'substituted', 'stale', 'offline', 'fault'] as const).forEach((name, rank) => (ranks[code(name)] = rank))

export const worse = (a: number, b: number) => ((ranks[a] as number) >= (ranks[b] as number) ? a : b)

/** What is kept of a result: more would only be the noise of binary fractions. */
const digits = 13

/** A stack of values, made once and used for all calculations of a thread. */
export class Machine {
  readonly #stack: Outcome[] = []

  /** `map[i]` is the row of input i in the columns; `share` (0 to 1) is the part of a group that must have a value. Never throws. */
  run({ steps }: Program, map: ArrayLike<number>, columns: InputColumns, share: number): Outcome {
    const stack = this.#stack
    stack.length = 0
    for (const step of steps) this.#take(step, map, columns, share)
    const last = stack.pop() ?? absent('none', fault, { at: 0, end: 0 })
    return Number.isNaN(last.value) ? last : { ...last, value: Number(last.value.toPrecision(digits)) }
  }

  #take(step: Step, map: ArrayLike<number>, columns: InputColumns, share: number): void {
    const stack = this.#stack
    switch (step.do) {
      case 'number':
        stack.push({ value: step.value, quality: good, reason: null })
        return
      case 'input':
        stack.push(inputOf(step, step.input, map, columns))
        return
      case 'choose': {
        const [otherwise, then, condition] = [stack.pop(), stack.pop(), stack.pop()] as [Outcome, Outcome, Outcome]
        if (Number.isNaN(condition.value)) stack.push(condition)
        else {
          const taken = condition.value === 0 ? otherwise : then
          stack.push({ ...taken, quality: worse(taken.quality, condition.quality), reason: taken.reason ?? condition.reason })
        }
        return
      }
      case 'together': {
        const parts = stack.splice(stack.length - step.of, step.of)
        stack.push(together(step, parts, share))
        return
      }
      case 'clamp': {
        const parts = stack.splice(stack.length - 3, 3) as [Outcome, Outcome, Outcome]
        stack.push(strict(parts, step, ([value, low, high]) => Math.min(Math.max(value as number, low as number), high as number)))
        return
      }
      case 'scale':
      case 'negate':
      case 'not':
      case 'abs':
      case 'round': {
        const top = stack.pop() as Outcome
        stack.push(Number.isNaN(top.value) ? top : finished(single(step, top.value), top.quality, top.reason, step))
        return
      }
      default: {
        const right = stack.pop() as Outcome
        const left = stack.pop() as Outcome
        if (Number.isNaN(left.value) || Number.isNaN(right.value)) {
          stack.push(worstOf([left, right]))
          return
        }
        const quality = worse(left.quality, right.quality)
        if (step.do === 'divide' && right.value === 0) stack.push(absent('divide', fault, step))
        else if (step.do === 'increase' && right.value > left.value) stack.push(absent('fell', fault, step))
        else stack.push(finished(combine(step.do, left.value, right.value), quality, left.reason ?? right.reason, step))
      }
    }
  }
}

function inputOf(place: Step, input: number, map: ArrayLike<number>, { value, quality }: InputColumns): Outcome {
  const row = map[input] as number
  const is = quality[row] as number
  const number = value[row] as number
  if (is === missing) return absent('missing', offline, place, input)
  if (is === fault || is === offline || is === stale) return absent(qualities[is] as 'fault', is, place, input)
  if (!Number.isFinite(number)) return absent('fault', fault, place, input)
  return { value: number, quality: is, reason: null }
}

function absent(
  reason: ReasonCode,
  quality: number,
  { at, end }: { at: number; end: number },
  input: number | null = null,
  have = 0,
  of = 0,
): Outcome {
  return { value: Number.NaN, quality, reason: { code: reason, input, at, end, have, of } }
}

/** Beyond what numbers can say there is no value. */
function finished(value: number, quality: number, reason: Reason | null, place: { at: number; end: number }): Outcome {
  return Number.isFinite(value) ? { value, quality, reason } : absent('noNumber', fault, place)
}

function worstOf(parts: readonly Outcome[]): Outcome {
  const without = parts.filter(({ value }) => Number.isNaN(value))
  return without.reduce((worst, one) => ((ranks[one.quality] as number) > (ranks[worst.quality] as number) ? one : worst))
}

function strict(parts: readonly Outcome[], place: Step, calculate: (values: number[]) => number): Outcome {
  if (parts.some(({ value }) => Number.isNaN(value))) return worstOf(parts)
  const quality = parts.reduce((worst, one) => worse(worst, one.quality), good)
  const reason = parts.find((one) => one.reason)?.reason ?? null
  return finished(calculate(parts.map(({ value }) => value)), quality, reason, place)
}

function single(step: Extract<Step, { do: 'scale' | 'negate' | 'not' | 'abs' | 'round' }>, value: number): number {
  switch (step.do) {
    case 'scale':
      return value * step.factor
    case 'negate':
      return -value
    case 'not':
      return value === 0 ? 1 : 0
    case 'abs':
      return Math.abs(value)
    case 'round':
      return Math.round(value * 10 ** step.digits) / 10 ** step.digits
  }
}

/** A sum with a hole would be too small, so it needs every member; the others need the share that was asked for. */
function together(step: Extract<Step, { do: 'together' }>, parts: readonly Outcome[], share: number): Outcome {
  const { name, of } = step
  const counted = parts.filter(({ value }) => !Number.isNaN(value))
  const have = counted.length
  if (name === 'count') return { value: have, quality: good, reason: null }
  if (of === 0) return absent('none', fault, step)
  if (have < of) {
    if (!step.holes) return worstOf(parts)
    if (name === 'sum' || have === 0 || have < share * of - 1e-9)
      return { ...absent('share', worstOf(parts).quality, step, worstOf(parts).reason?.input ?? null, have, of) }
  }
  const values = counted.map(({ value }) => value)
  const quality = counted.reduce((worst, one) => worse(worst, one.quality), have < of ? substituted : good)
  const holes: Reason | null = have < of ? { code: 'holes', input: null, at: step.at, end: step.end, have, of } : null
  const reason = holes ?? counted.find((one) => one.reason)?.reason ?? null
  return finished(aggregate(name, values), quality, reason, step)
}

function aggregate(name: 'min' | 'max' | 'mean' | 'sum' | 'median', values: number[]): number {
  const sum = () => values.reduce((total, value) => total + value, 0)
  switch (name) {
    case 'min':
      return values.reduce((least, value) => Math.min(least, value))
    case 'max':
      return values.reduce((most, value) => Math.max(most, value))
    case 'sum':
      return sum()
    case 'mean':
      return sum() / values.length
    case 'median': {
      const sorted = values.toSorted((a, b) => a - b)
      const half = sorted.length >> 1
      return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
    }
  }
}
