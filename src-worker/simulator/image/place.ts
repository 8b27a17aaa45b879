import type { Point } from '#shared/devices/profile.ts'

export type Area = Point['area']

const bases: Record<Area, number> = { holding: 0, input: 0x10000, coil: 0x20000, discrete: 0x30000 }

/** Area and wire address in one number, so that the registers of all areas stand in one map. */
export function placeOf(area: Area, address: number): number {
  return bases[area] + address
}

/** Where the first word of a point stands. */
export function placeOfPoint({ area, address }: Point): number {
  return bases[area] + address
}
