import { usualLimit } from './rate.ts'
import { hourMs, plainRules, type Exchange, type Register, type RegisterEvent, type RegisterRules } from './register.ts'

/** A stray value has at most so many samples; more of them are the meter's own doing. */
const mostStray = 4
/** A register that went back to less than this part of itself began anew. */
const resetShare = 0.05
const rolloverShare = 0.95
/** A register that shows the same so many times in a row more may not have been read. */
const fewestFlat = 5

/**
 * A register that only grows, out of one that does all that registers do. Columns of the samples that count: `value` as the meter shows it
 * and `total` with what was counted before resets, rollovers and exchanges. `unknown` 1: what was used since the sample before is
 * not known, and `total` has nothing of it.
 */
export type Walked = Register & { total: Float64Array; unknown: Uint8Array; events: RegisterEvent[] }

export function walkRegister(register: Register, exchanges: readonly Exchange[] = [], rules: RegisterRules = plainRules): Walked {
  const walk = new Walk(register, exchanges, { ...rules, mostPerHour: rules.mostPerHour ?? usualLimit(register) })
  for (let i = 0; i < register.at.length; i = walk.take(i));
  return walk.done()
}

class Walk {
  readonly #in: Register
  readonly #exchanges: readonly Exchange[]
  readonly #rules: RegisterRules
  readonly #kept: number[] = []
  /** Added to the value of each kept sample for its total. */
  readonly #shift: number[] = []
  readonly #unknown: number[] = []
  readonly #events: RegisterEvent[] = []
  /** Kept samples from here on belong to the meter that is there now. */
  #since = 0
  #nextExchange = 0
  /** Samples left out since the last one that was kept, and how many of them in a row showed 0 at the end. */
  #out = 0
  #zeros = 0

  constructor(register: Register, exchanges: readonly Exchange[], rules: RegisterRules) {
    this.#in = register
    this.#exchanges = [...exchanges].sort((a, b) => a.at - b.at)
    this.#rules = rules
  }

  /** Takes sample i and perhaps some behind it; returns the next one to take. */
  take(i: number): number {
    const value = this.#value(i)
    if (!Number.isFinite(value) || value < 0) return this.#leave(i, 1, false)
    const last = this.#kept.at(-1)
    if (last === undefined) return this.#keep(i, 0, 0)
    const crossed = this.#crossed(i)
    if (crossed.length > 0) {
      // Where no hand-over is known, a zero of the new meter may be silence as well as its beginning.
      if (value === 0 && crossed.some(({ first }) => first === null) && this.#comesBack(i, 0) > 0) return this.#leave(i, 1, true)
      return this.#exchange(i, crossed)
    }
    const before = this.#value(last)
    return value < before ? this.#down(i, before, value) : this.#up(i, before, value)
  }

  done(): Walked {
    const { at, value, covered } = this.#in
    const length = this.#kept.length
    const pick = (column: Float64Array) => Float64Array.from(this.#kept, (place) => column[place] as number)
    const walked = { at: pick(at), value: pick(value), covered: new Float64Array(length), total: new Float64Array(length) }
    let from = 0
    this.#kept.forEach((place, row) => {
      walked.total[row] = (walked.value[row] as number) + (this.#shift[row] as number)
      // Time covered by samples that were left out counts no further than the next gap reaches.
      let sum = 0
      for (; from <= place; from++) sum += row === 0 ? 0 : (covered[from] as number)
      walked.covered[row] = row > 0 && place === (this.#kept[row - 1] as number) + 1 ? (covered[place] as number) : this.#overLeft(row, sum)
    })
    return { ...walked, unknown: Uint8Array.from(this.#unknown), events: this.#events }
  }

  /** Left-out samples cover nothing themselves, unless they were few: then the good ones around them stand for the time. */
  #overLeft(row: number, sum: number): number {
    if (row === 0) return 0
    const left = (this.#kept[row] as number) - (this.#kept[row - 1] as number) - 1
    return left <= mostStray ? sum : 0
  }

  #up(i: number, before: number, value: number): number {
    if (this.#canBe(value - before, this.#elapsed(i))) return this.#keep(i, this.#shift.at(-1) ?? 0, 0)
    const stray = this.#comesBack(i, before)
    if (stray > 0) return this.#strayed(i, stray)
    if (this.#catchesUp(i, value)) return this.#keep(i, this.#shift.at(-1) ?? 0, 0)
    // A register that showed 0 from the beginning was not read then.
    return this.#newSegment(i, before === 0 ? 'dropOut' : 'jump')
  }

  #down(i: number, before: number, value: number): number {
    if (before - value < 2 * this.#rules.resolution) {
      this.#note('jitter', i, 1)
      return i + 1
    }
    if (value === 0) return this.#leave(i, 1, true)
    const dip = this.#comesBack(i, before)
    if (dip > 0) return this.#strayed(i, dip)
    if (this.#dropPeak(value)) return this.#keep(i, this.#shift.at(-1) ?? 0, 0)
    const wraps = this.#rules.wrapsAt ?? 10 ** Math.ceil(Math.log10(before))
    if (before > rolloverShare * wraps && this.#mayWrap(wraps, wraps - before + value, i)) {
      this.#note('rollover', i, this.#out)
      this.#out = 0
      return this.#keep(i, (this.#shift.at(-1) ?? 0) + wraps, 0)
    }
    if (value >= resetShare * before) return this.#newSegment(i, 'backwards')
    // It began at 0 while it was watched: what it shows was counted here.
    const elapsed = (this.#in.at[i] as number) - (this.#in.at[i - 1] as number)
    if (this.#zeros > 0 && this.#canBe(value, elapsed)) {
      const first = i - this.#zeros
      this.#out -= this.#zeros
      this.#newSegment(first, 'reset')
      return this.#keep(i, this.#shift.at(-1) ?? 0, 0)
    }
    return this.#newSegment(i, 'reset')
  }

  /** Leaves out the samples for which the register stood still, when the step is what can be used in all that time. */
  #catchesUp(i: number, value: number): boolean {
    const last = this.#value(this.#kept.at(-1) as number)
    let flat = 0
    while (flat + 1 < this.#kept.length - this.#since && this.#value(this.#kept.at(-2 - flat) as number) === last) flat++
    const begun = this.#kept.at(-1 - flat) as number
    const elapsed = (this.#in.at[i] as number) - (this.#in.at[begun] as number)
    if (flat < fewestFlat || !this.#canBe(value - last, elapsed)) return false
    for (const column of [this.#kept, this.#shift, this.#unknown]) column.length -= flat
    this.#note('catchUp', i, flat)
    return true
  }

  /** Without a limit of what can be counted, only a register that is known to end there. */
  #mayWrap(wraps: number, rest: number, i: number): boolean {
    if (this.#rules.mostPerHour === null) return this.#rules.wrapsAt !== null && rest < (1 - rolloverShare) * wraps
    return this.#canBe(rest, this.#elapsed(i))
  }

  /** Takes back the few samples kept last when they are too high for what follows. */
  #dropPeak(value: number): boolean {
    for (let length = 1; length <= mostStray; length++) {
      const earlier = this.#kept.length - length - 1
      const place = this.#kept[earlier]
      if (earlier < this.#since || place === undefined) return false
      if (this.#value(place) > value) continue
      const next = (this.#kept.at(-1) as number) + 1
      for (const column of [this.#kept, this.#shift, this.#unknown]) column.length -= length
      this.#note('stray', next, length)
      return true
    }
    return false
  }

  #exchange(i: number, crossed: readonly Exchange[]): number {
    const last = this.#kept.at(-1) as number
    const used = across(this.#value(last), crossed, this.#value(i))
    this.#nextExchange += crossed.length
    for (let times = 0; times < crossed.length; times++) this.#note('exchange', i, times === 0 ? this.#out : 0)
    this.#out = 0
    const total = this.#value(last) + (this.#shift.at(-1) ?? 0) + (used ?? 0)
    this.#since = this.#kept.length
    return this.#keep(i, total - this.#value(i), used === null ? 1 : 0)
  }

  #newSegment(i: number, kind: RegisterEvent['kind']): number {
    const last = this.#kept.at(-1) as number
    const total = this.#value(last) + (this.#shift.at(-1) ?? 0)
    this.#note(kind, i, this.#out)
    this.#out = 0
    this.#since = this.#kept.length
    return this.#keep(i, total - this.#value(i), 1)
  }

  #strayed(i: number, length: number): number {
    this.#note('stray', i + length, length)
    return i + length
  }

  #leave(i: number, length: number, isZero: boolean): number {
    this.#out += length
    this.#zeros = isZero ? this.#zeros + length : 0
    return i + length
  }

  #keep(i: number, shift: number, unknown: number): number {
    if (this.#out > 0) this.#note('dropOut', i, this.#out)
    this.#kept.push(i)
    this.#shift.push(shift)
    this.#unknown.push(unknown)
    this.#out = 0
    this.#zeros = 0
    return i + 1
  }

  #note(kind: RegisterEvent['kind'], i: number, samples: number): void {
    const last = this.#kept.at(-1)
    if (last === undefined || i >= this.#in.at.length) return
    const [from, to] = [this.#in.at[last] as number, this.#in.at[i] as number]
    this.#events.push({ kind, from, to, before: this.#value(last), after: this.#value(i), samples })
  }

  /** How many samples from i on are stray before one that fits `before` again; 0 when none does soon. */
  #comesBack(i: number, before: number): number {
    for (let length = 1; length <= mostStray; length++) {
      const next = this.#in.value[i + length]
      if (next === undefined || this.#beyondExchange(i + length)) return 0
      if (next >= before && this.#canBe(next - before, this.#elapsed(i + length))) return length
    }
    return 0
  }

  #crossed(i: number): Exchange[] {
    const rest = this.#exchanges.slice(this.#nextExchange)
    const last = this.#in.at[this.#kept.at(-1) ?? 0] as number
    while (rest[0] && rest[0].at <= last) {
      rest.shift()
      this.#nextExchange++
    }
    return rest.filter(({ at }) => at <= (this.#in.at[i] as number))
  }

  #beyondExchange(i: number): boolean {
    const next = this.#exchanges[this.#nextExchange]
    return next !== undefined && (this.#in.at[i] as number) >= next.at
  }

  #canBe(step: number, elapsed: number): boolean {
    const { mostPerHour, resolution } = this.#rules
    return mostPerHour === null || step <= (mostPerHour * elapsed) / hourMs + 2 * resolution
  }

  #elapsed(i: number): number {
    return (this.#in.at[i] as number) - (this.#in.at[this.#kept.at(-1) ?? i] as number)
  }

  #value(i: number): number {
    return this.#in.value[i] as number
  }
}

/** What was used between a sample of one meter and one of a later meter; null when an index in between is not known. */
function across(before: number, exchanges: readonly Exchange[], after: number): number | null {
  let used = 0
  let index = before
  for (const { final, first } of exchanges) {
    if (final === null || first === null) return null
    used += Math.max(0, final - index)
    index = first
  }
  return used + Math.max(0, after - index)
}
