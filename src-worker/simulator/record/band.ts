import type { Point } from '#shared/devices/profile.ts'
import type { Live } from '../image/model.ts'
import { placeOfPoint } from '../image/place.ts'
import type { StationState } from '../physics/state.ts'

/** What a record is made of. `points`: those whose past counts, in the order of their series. */
export type Source = {
  points: readonly Point[]
  /** The words of a point at present; undefined when it is not served. */
  words(point: Point): readonly number[] | undefined
  /** How the simulation moves a point; undefined: it stands still. */
  live(point: Point): Live | undefined
}

/** Registers that are kept together, as a row of words. `at[i]`: where those of `points[i]` begin; some points share theirs. */
export class Band {
  readonly points: readonly Point[]
  readonly at: readonly number[]
  readonly width: number
  readonly #registers: { at: number; words: number[] }[] = []
  readonly #moves: { value: Live['value']; hold: Live['hold']; words: number[] }[] = []

  constructor(source: Source, points: readonly Point[]) {
    const known = new Map<string, { at: number; words: number[] }>()
    let width = 0
    this.points = points
    this.at = points.map((point) => {
      const found = source.words(point) ?? []
      const key = `${placeOfPoint(point)} ${found.length}`
      let registers = known.get(key)
      if (!registers) {
        registers = { at: width, words: [...found] }
        width += found.length
        known.set(key, registers)
        this.#registers.push(registers)
      }
      const live = source.live(point)
      if (live) this.#moves.push({ value: live.value, hold: live.hold, words: registers.words })
      return registers.at
    })
    this.width = width
  }

  /** Brings the registers to this state at `now` (simulated UTC ms). */
  look(state: StationState, now: number): void {
    for (const { value, hold, words } of this.#moves) hold.put(value(state, now), words)
  }

  /** Writes the registers, as last looked at, into a row that begins at `from`. */
  copy(row: Uint16Array, from: number): void {
    for (const { at, words } of this.#registers) {
      for (let i = 0; i < words.length; i++) row[from + at + i] = words[i] ?? 0
    }
  }
}
