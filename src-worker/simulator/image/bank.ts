import { decode, offValue, place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Point } from '#shared/devices/profile.ts'
import { exceptions, type Exception } from '../serve/modbus-answer.ts'
import type { Model } from './model.ts'

/** The registers of one controller: an image that many share, and what differs from it. */
export class Bank {
  readonly #model: Model
  readonly #own = new Map<number, number>()

  constructor(model: Model) {
    this.#model = model
  }

  read(address: number): number | undefined {
    return this.#own.get(address) ?? this.#model.image.get(address)
  }

  set(address: number, raw: number): void {
    this.#own.set(address, raw & 0xffff)
  }

  /** A served point of the profile, or undefined. */
  point(id: string): Point | undefined {
    const point = this.#model.byId.get(id)
    return point && this.words(point) ? point : undefined
  }

  pointsAt(address: number): readonly Point[] {
    return this.#model.byAddress.get(address) ?? []
  }

  /** The words of a point, or undefined when one of them is not served. */
  words(point: Point): number[] | undefined {
    const words: number[] = []
    for (let i = 0; i < wordsOf[point.as]; i++) {
      const word = this.read(point.address + i)
      if (word === undefined) return undefined
      words.push(word)
    }
    return words
  }

  /** Value in the canonical unit; null for OFF, a fault and a point that is not served. */
  value(id: string): number | null {
    const point = this.#model.byId.get(id)
    const words = point && this.words(point)
    if (!point || !words) return null
    const { value } = decode(point, words)
    return value === offValue(point) ? null : value
  }

  /** Puts a value in the canonical unit into a served point; null is its fault value. Throws RangeError when it does not fit. */
  put(point: Point, value: number | null, keep?: (address: number) => boolean): void {
    const words = this.words(point)
    if (!words) return
    place(point, value, words)
    words.forEach((word, i) => {
      if (!keep?.(point.address + i)) this.set(point.address + i, word)
    })
  }

  /** Whether the device lets a word be written: exception 2 for what is not there or read only, 3 outside the range. */
  check(address: number, raw: number): Exception | 'allowed' {
    const points = this.pointsAt(address).filter((point) => point.write)
    if (this.read(address) === undefined || points.length === 0) return exceptions.illegalAddress
    for (const point of points) {
      const words = this.words(point)
      if (!words || !point.write) return exceptions.illegalAddress
      words[address - point.address] = raw
      const { value } = decode(point, words)
      // Week programs keep times on a grid of half hours.
      if (point.text === 'clock' && raw % 100 !== 0 && raw % 100 !== 30) return exceptions.illegalValue
      const inside = value !== null && value >= point.write.min && value <= point.write.max
      if (!inside && (value === null || value !== offValue(point))) return exceptions.illegalValue
    }
    return 'allowed'
  }
}
