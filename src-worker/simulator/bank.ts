import { decode, offValue, place } from '#shared/devices/codec.ts'
import { wordsOf, type FlatProfile, type Point } from '#shared/devices/profile.ts'
import { exceptions, type Exception } from './modbus-answer.ts'

/** Registers by wire address. What is not in it is not served. */
export type Image = ReadonlyMap<number, number>

/** The registers of one controller: an image that many may share, and what differs from it. */
export class Bank {
  readonly profile: FlatProfile
  readonly #base: Image
  readonly #own = new Map<number, number>()
  readonly #byId: ReadonlyMap<string, Point>
  readonly #byAddress: ReadonlyMap<number, readonly Point[]>

  constructor(profile: FlatProfile, base: Image, index = indexOf(profile)) {
    this.profile = profile
    this.#base = base
    this.#byId = index.byId
    this.#byAddress = index.byAddress
  }

  read(address: number): number | undefined {
    return this.#own.get(address) ?? this.#base.get(address)
  }

  set(address: number, raw: number): void {
    this.#own.set(address, raw & 0xffff)
  }

  /** A served point of the profile, or undefined. */
  point(id: string): Point | undefined {
    const point = this.#byId.get(id)
    return point && this.words(point) ? point : undefined
  }

  pointsAt(address: number): readonly Point[] {
    return this.#byAddress.get(address) ?? []
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
    const point = this.#byId.get(id)
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

export type Index = { byId: ReadonlyMap<string, Point>; byAddress: ReadonlyMap<number, readonly Point[]> }

/** Points by id and by each address they take; to be shared by the banks of one profile. */
export function indexOf(profile: FlatProfile): Index {
  const byAddress = new Map<number, Point[]>()
  for (const point of profile.points) {
    for (let i = 0; i < wordsOf[point.as]; i++) {
      const others = byAddress.get(point.address + i)
      if (others) others.push(point)
      else byAddress.set(point.address + i, [point])
    }
  }
  return { byId: new Map(profile.points.map((point) => [point.id, point])), byAddress }
}

/**
 * The registers of a controller with this profile as it was found: its own sample, and for each point that the sample does not
 * reach what `detect` asks for or a value that nobody would wonder about. Registers known not to be served are left out.
 */
export function layOut(profile: FlatProfile): Map<number, number> {
  const image = new Map<number, number>()
  const sample = profile.samples[0]
  for (const [number, raw] of Object.entries(sample?.registers ?? {})) image.set(Number(number) - profile.firstRegister, raw & 0xffff)
  const holes = new Set((profile.unserved ?? []).map((number) => number - profile.firstRegister))
  for (const point of profile.points) {
    const addresses = Array.from({ length: wordsOf[point.as] }, (_, i) => point.address + i)
    if (addresses.every((address) => image.has(address)) || addresses.some((address) => holes.has(address))) continue
    const words = addresses.map((address) => image.get(address) ?? 0)
    fill(point, profile.detect[point.id], words)
    words.forEach((word, i) => image.set(point.address + i, word))
  }
  for (const address of holes) image.delete(address)
  return image
}

/** OFF where there is one, the fault value of a sensor that is not connected, else the number nearest to nothing. */
function fill(point: Point, detected: number | undefined, words: number[]): void {
  const bare = { ...point, scale: 1, offset: 0, faults: [] }
  const raw = detected ?? point.off ?? (point.write ? undefined : (point.faults[0] ?? 0))
  if (raw !== undefined) place(bare, raw, words)
  else if (point.write) place(point, Math.min(Math.max(0, point.write.min), point.write.max), words)
}
