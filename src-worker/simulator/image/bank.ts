import { decode, offValue, place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Point } from '#shared/devices/profile.ts'
import { exceptions, type Exception } from '../serve/modbus-answer.ts'
import type { Live, Model } from './model.ts'
import { placeOfPoint } from './place.ts'

/** The registers of one controller by place: an image that many share, and what differs from it. */
export class Bank {
  readonly model: Model
  readonly #own = new Map<number, number>()

  constructor(model: Model) {
    this.model = model
  }

  read(at: number): number | undefined {
    return this.#own.get(at) ?? this.model.image.get(at)
  }

  set(at: number, raw: number): void {
    this.#own.set(at, raw & 0xffff)
  }

  /** What differs from the image, for `adopt`. */
  own(): [at: number, raw: number][] {
    return [...this.#own]
  }

  /** A served point of the profile, or undefined. */
  point(id: string): Point | undefined {
    const point = this.model.byId.get(id)
    return point && this.words(point) ? point : undefined
  }

  pointsAt(at: number): readonly Point[] {
    return this.model.byPlace.get(at) ?? []
  }

  /** The words of a point, or undefined when one of them is not served. `changes` stand before what is there. */
  words(point: Point, changes?: ReadonlyMap<number, number>): number[] | undefined {
    const words: number[] = []
    const at = placeOfPoint(point)
    for (let i = 0; i < wordsOf[point.as]; i++) {
      const word = changes?.get(at + i) ?? this.read(at + i)
      if (word === undefined) return undefined
      words.push(word)
    }
    return words
  }

  /** Value in the canonical unit; null for OFF, a fault and a point that is not served. */
  value(id: string): number | null {
    const point = this.model.byId.get(id)
    const words = point && this.words(point)
    if (!point || !words) return null
    const { value } = decode(point, words)
    return value === offValue(point) ? null : value
  }

  /** Puts a value in the canonical unit into a served point; null is its fault value. Throws RangeError when it does not fit. */
  put(point: Point, value: number | null): void {
    const words = this.words(point)
    if (!words) return
    place(point, value, words)
    words.forEach((word, i) => this.set(placeOfPoint(point) + i, word))
  }

  /** Puts what moves by itself, however far it went. */
  move({ at, words: count, hold }: Live, value: number | null): void {
    const words: number[] = []
    for (let i = 0; i < count; i++) {
      const word = this.read(at + i)
      if (word === undefined) return
      words.push(word)
    }
    hold.put(value, words)
    for (let i = 0; i < count; i++) this.#own.set(at + i, words[i] ?? 0)
  }

  /** Whether the device lets words be written: exception 2 for what is not there or read only, 3 outside the range. */
  check(changes: ReadonlyMap<number, number>): Exception | 'allowed' {
    for (const [at, raw] of changes) {
      if (this.read(at) === undefined) return exceptions.illegalAddress
      const most = this.model.claims.has(at) ? 1 : this.model.free.get(at)
      if (most !== undefined) {
        if (raw > most) return exceptions.illegalValue
        continue
      }
      const points = this.pointsAt(at).filter(({ write }) => write)
      if (points.length === 0) return exceptions.illegalAddress
      if (points.some((point) => !this.#takes(point, changes))) return exceptions.illegalValue
    }
    return 'allowed'
  }

  #takes(point: Point, changes: ReadonlyMap<number, number>): boolean {
    const words = this.words(point, changes)
    const { write } = point
    if (!words || !write) return false
    const { value } = decode(point, words)
    if (value === null) return false
    // Week programs keep times on a grid of half hours.
    if (point.text === 'clock' && point.id.includes('.schedule.') && value % 100 !== 0 && value % 100 !== 30) return false
    if (value === offValue(point)) return true
    return value >= write.min && value <= write.max && (!write.only || write.only.includes(value))
  }
}
