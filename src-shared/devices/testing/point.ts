import type { Point } from '../profile.ts'

/** A point as a profile's row without any word beyond an address would be. */
export function barePoint(changes: Partial<Point> = {}): Point {
  return {
    id: 'x',
    address: 0,
    number: 0,
    area: 'holding',
    as: 'int16',
    swap: false,
    bit: undefined,
    bits: 1,
    scale: 1,
    offset: 0,
    is: 'number',
    role: 'measure',
    title: undefined,
    text: undefined,
    faults: [],
    off: undefined,
    values: undefined,
    write: undefined,
    unverified: false,
    ...changes,
  }
}
