import { qualities } from '../reading.ts'
import type { Program, Step } from './program.ts'
import { combine, type Pair } from './combine.ts'

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

type Together = Extract<Step, { do: 'together' }>
type Place = { at: number; end: number }

/** A stack of values in columns, made once and used for all calculations of a thread: a value that is there costs no object. */
export class Machine {
  #value = new Float64Array(64)
  #quality = new Uint8Array(64)
  readonly #reason: (Reason | null)[] = []
  #top = 0

  /** `map[i]` is the row of input i in the columns; `share` (0 to 1) is the part of a group that must have a value. Never throws. */
  run({ steps }: Program, map: ArrayLike<number>, columns: InputColumns, share: number): Outcome {
    if (steps.length > this.#value.length) {
      this.#value = new Float64Array(steps.length * 2)
      this.#quality = new Uint8Array(steps.length * 2)
    }
    this.#top = 0
    for (const step of steps) this.#take(step, map, columns, share)
    const value = this.#value[0] as number
    const quality = this.#quality[0] as number
    const reason = this.#reason[0] ?? null
    return { value: Number.isNaN(value) ? value : Number(value.toPrecision(digits)), quality, reason }
  }

  #take(step: Step, map: ArrayLike<number>, columns: InputColumns, share: number): void {
    switch (step.do) {
      case 'number':
        return this.#push(step.value, good, null)
      case 'input':
        return this.#input(step, step.input, map[step.input] as number, columns)
      case 'choose':
        return this.#choose()
      case 'together':
        return this.#together(step, share)
      case 'clamp':
        return this.#clamp(step)
      case 'scale':
      case 'negate':
      case 'not':
      case 'abs':
      case 'round':
        return this.#single(step)
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'divide':
      case 'power':
      case 'less':
      case 'atMost':
      case 'more':
      case 'atLeast':
      case 'equal':
      case 'unequal':
      case 'and':
      case 'or':
      case 'increase':
        return this.#pair(step)
    }
  }

  #push(value: number, quality: number, reason: Reason | null): void {
    const top = this.#top++
    this.#value[top] = value
    this.#quality[top] = quality
    this.#reason[top] = reason
  }

  #absent(reason: ReasonCode, quality: number, { at, end }: Place, input: number | null = null, have = 0, of = 0): void {
    this.#push(Number.NaN, quality, { code: reason, input, at, end, have, of })
  }

  /** Beyond what numbers can say there is no value. */
  #result(value: number, quality: number, reason: Reason | null, place: Place): void {
    if (Number.isFinite(value)) this.#push(value, quality, reason)
    else this.#absent('noNumber', fault, place)
  }

  /** Pushes again what stood at a place of the stack. */
  #again(from: number): void {
    this.#push(this.#value[from] as number, this.#quality[from] as number, this.#reason[from] ?? null)
  }

  #isAbsent(at: number): boolean {
    return Number.isNaN(this.#value[at])
  }

  #input(place: Place, input: number, row: number, { value, quality }: InputColumns): void {
    const is = quality[row] as number
    const number = value[row] as number
    if (is === missing) this.#absent('missing', offline, place, input)
    else if (is === fault || is === offline || is === stale) this.#absent(qualities[is] as 'fault', is, place, input)
    else if (Number.isFinite(number)) this.#push(number, is, null)
    else this.#absent('fault', fault, place, input)
  }

  #choose(): void {
    const condition = (this.#top -= 3)
    const taken = condition + (this.#value[condition] === 0 ? 2 : 1)
    if (this.#isAbsent(condition)) return this.#again(condition)
    const quality = worse(this.#quality[taken] as number, this.#quality[condition] as number)
    this.#push(this.#value[taken] as number, quality, this.#reason[taken] ?? this.#reason[condition] ?? null)
  }

  #single(step: Extract<Step, { do: 'scale' | 'negate' | 'not' | 'abs' | 'round' }>): void {
    const at = --this.#top
    if (this.#isAbsent(at)) this.#top++
    else this.#result(single(step, this.#value[at] as number), this.#quality[at] as number, this.#reason[at] ?? null, step)
  }

  #pair(step: Place & { do: Pair }): void {
    const left = (this.#top -= 2)
    const right = left + 1
    if (this.#isAbsent(left) || this.#isAbsent(right)) return this.#again(this.#worstAbsent(left, 2))
    const [a, b] = [this.#value[left] as number, this.#value[right] as number]
    if (step.do === 'divide' && b === 0) return this.#absent('divide', fault, step)
    if (step.do === 'increase' && b > a) return this.#absent('fell', fault, step)
    const quality = worse(this.#quality[left] as number, this.#quality[right] as number)
    this.#result(combine(step.do, a, b), quality, this.#reason[left] ?? this.#reason[right] ?? null, step)
  }

  #clamp(step: Step): void {
    const first = (this.#top -= 3)
    for (let i = 0; i < 3; i++) if (this.#isAbsent(first + i)) return this.#again(this.#worstAbsent(first, 3))
    const [value, low, high] = [0, 1, 2].map((i) => this.#value[first + i] as number) as [number, number, number]
    const quality = [0, 1, 2].reduce((worst, i) => worse(worst, this.#quality[first + i] as number), good)
    const reason = this.#reason[first] ?? this.#reason[first + 1] ?? this.#reason[first + 2] ?? null
    this.#result(Math.min(Math.max(value, low), high), quality, reason, step)
  }

  /** The place of the worst of those that have no value. */
  #worstAbsent(first: number, of: number): number {
    let worst = -1
    for (let i = first; i < first + of; i++) {
      if (!this.#isAbsent(i)) continue
      if (worst < 0 || (ranks[this.#quality[i] as number] as number) > (ranks[this.#quality[worst] as number] as number)) worst = i
    }
    return worst
  }

  /** A sum with a hole would be too small, so it needs every member; the others need the share that was asked for. */
  #together(step: Together, share: number): void {
    const { name, of } = step
    const first = (this.#top -= of)
    let have = 0
    let quality = good
    let reason: Reason | null = null
    for (let i = first; i < first + of; i++) {
      if (this.#isAbsent(i)) continue
      have++
      quality = worse(quality, this.#quality[i] as number)
      reason ??= this.#reason[i] ?? null
    }
    if (name === 'count') return this.#push(have, good, null)
    if (of === 0) return this.#absent('none', fault, step)
    if (have < of) {
      const worst = this.#worstAbsent(first, of)
      if (!step.holes) return this.#again(worst)
      if (name === 'sum' || have === 0 || have < share * of - 1e-9)
        return this.#absent('share', this.#quality[worst] as number, step, this.#reason[worst]?.input ?? null, have, of)
      quality = worse(quality, substituted)
      reason = { code: 'holes', input: null, at: step.at, end: step.end, have, of }
    }
    this.#result(aggregate(name, this.#value.subarray(first, first + of), have), quality, reason, step)
  }
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

/** Of the values that are numbers; `have` of them are. */
function aggregate(name: 'min' | 'max' | 'mean' | 'sum' | 'median', values: Float64Array, have: number): number {
  if (name === 'median') {
    const sorted = values.filter((value) => !Number.isNaN(value)).sort()
    const half = have >> 1
    return have % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
  }
  let least = Infinity
  let most = -Infinity
  let sum = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    if (value < least) least = value
    if (value > most) most = value
  }
  if (name === 'min') return least
  if (name === 'max') return most
  return name === 'sum' ? sum : sum / have
}
