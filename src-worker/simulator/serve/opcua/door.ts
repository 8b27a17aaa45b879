import { decode, offValue, place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { RegisterBank } from '../modbus-answer.ts'

export type Verdict = 'done' | 'notWritable' | 'outOfRange'

/** Registers of a controller by the points of its profile: another door to the same values and settings. */
export type Door = {
  /** The point when every word of it is served. */
  point(id: string): Point | undefined
  /** In the canonical unit; null: the fault value. */
  read(point: Point): number | null
  isWritable(point: Point): boolean
  /** Carries out what a driver of these registers would, by the same rules. */
  write(point: Point, value: number): Verdict
}

/** Modbus exception of a value that the device does not take. */
const illegalValue = 3

export function doorTo(bank: RegisterBank, { points }: FlatProfile): Door {
  const byId = new Map(points.map((point) => [point.id, point]))
  const words = (point: Point): number[] | undefined => {
    const found = Array.from({ length: wordsOf[point.as] }, (_, i) => bank.read(point.area, point.address + i))
    return found.every((word) => word !== undefined) ? found : undefined
  }
  return {
    point(id) {
      const point = byId.get(id)
      return point && point.from === undefined && words(point) ? point : undefined
    },
    read(point) {
      const held = words(point)
      return held ? decode(point, held).value : null
    },
    // What a level coil keeps with the controller is no setting for everybody.
    isWritable: ({ write }) => write !== undefined && write.claim === undefined,
    write(point, value) {
      const held = words(point)
      if (!held || !point.write) return 'notWritable'
      if (value !== offValue(point) && !(value >= point.write.min && value <= point.write.max)) return 'outOfRange'
      try {
        place(point, value, held)
      } catch (error) {
        if (error instanceof RangeError) return 'outOfRange'
        throw error
      }
      const outcome = bank.write(point.area, point.address, held)
      return outcome === 'done' ? 'done' : outcome === illegalValue ? 'outOfRange' : 'notWritable'
    },
  }
}
