import type { Samples } from '../../history/reduce.ts'
import { qualities } from '../../reading.ts'
import type { Check } from '../check.ts'
import type { Planned } from '../planned.ts'
import { slotMs } from './tally.ts'

const lost = qualities.indexOf('offline')
const [good, stale] = [qualities.indexOf('good'), qualities.indexOf('stale')]

/** In which quarter hours something was heard of a device, a bit each. */
export class Presence {
  readonly #from: number
  readonly #bits: Uint8Array

  constructor(from: number, to: number) {
    this.#from = Math.floor(from / slotMs) * slotMs
    this.#bits = new Uint8Array(Math.ceil((to - this.#from) / slotMs / 8) + 1)
  }

  /** Also a value that says its sensor is broken came from the device. `everyMs`: it is silent for so long by design. */
  hear({ at, quality }: Pick<Samples, 'at' | 'quality'>, everyMs = slotMs): void {
    const each = Math.max(1, Math.ceil(everyMs / slotMs))
    for (let i = 0; i < at.length; i++) {
      if (quality[i] === lost) continue
      const slot = Math.floor(((at[i] as number) - this.#from) / slotMs)
      for (let k = Math.max(0, slot); k < slot + each; k++) this.#set(k)
    }
  }

  /** What was heard of any of several is heard of all together. */
  join(other: Presence): void {
    for (let k = 0; k < this.#bits.length; k++) this.#bits[k] = (this.#bits[k] as number) | (other.#bits[k] ?? 0)
  }

  has(at: number): boolean {
    const slot = Math.floor((at - this.#from) / slotMs)
    return (((this.#bits[slot >> 3] ?? 0) >> (slot & 7)) & 1) === 1
  }

  /**
   * Contact in each quarter hour of from <= at < to: 1 heard, 0 lost, absent where nothing was heard of any device: then Hearthgrid did not run,
   * and nobody knows. `anyone` null: there is no other device to tell by.
   */
  column(anyone: Presence | null, from: number, to: number): Samples {
    const first = Math.ceil(from / slotMs) * slotMs
    const length = Math.max(0, Math.ceil((to - first) / slotMs))
    const column = { at: new Float64Array(length), value: new Float64Array(length), quality: new Uint8Array(length) }
    for (let i = 0; i < length; i++) {
      const at = first + i * slotMs
      const isKnown = this.has(at) || anyone === null || anyone.has(at)
      column.at[i] = at
      column.value[i] = isKnown ? (this.has(at) ? 1 : 0) : Number.NaN
      column.quality[i] = isKnown ? good : stale
    }
    return column
  }

  #set(slot: number): void {
    const byte = slot >> 3
    if (byte < this.#bits.length) this.#bits[byte] = (this.#bits[byte] as number) | (1 << (slot & 7))
  }
}

/** Looks at a column of contact as if it were a series. */
export function contactCheck(series: number): Check {
  return {
    series: [series],
    take: (_i, value, quality) => (quality !== 'good' ? 'unknown' : value === 0 ? 'beyond' : 'within'),
    shown: () => ({ value: Number.NaN, limit: null }),
  }
}

/** The condition that a device is out of contact. */
export function contactPlan(from: Pick<Planned, 'delays' | 'priority'> & { rule: string; device: string; series: number }): Planned {
  const { rule, device, series, delays, priority } = from
  const place = { rule, device, point: '', part: '' }
  return { place, priority, series, point: null, delays, make: () => contactCheck(series), memoryMs: 0, beneath: null }
}
