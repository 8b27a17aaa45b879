import type { Point } from '../devices/profile.ts'
import type { InputConfig } from './contract.ts'

/** The point that a free input becomes; `base` is the input as the profile has it, a Pt1000 without a name. */
export function inputPoint(base: Point, id: string, { type, name, quantity, scale, offset }: InputConfig): Point {
  const named = { ...base, id, title: name, configurable: true as const }
  switch (type) {
    case 'pt1000':
      return named
    case 'voltage':
      // How the controller counts volts is in no public document, so that the person who scales it vouches for it.
      return { ...named, is: quantity, scale, offset, unverified: true }
    case 'digital':
      return { ...named, is: 'state', role: 'state', scale: 1, offset: 0, values: { '0': 'off', '1': 'on' }, unverified: true }
  }
}

/** Scale and offset of the straight line through two pairs of raw value and value. Null when they are no line. */
export function lineThrough(
  [rawA, a]: readonly [number, number],
  [rawB, b]: readonly [number, number],
): { scale: number; offset: number } | null {
  const scale = (b - a) / (rawB - rawA)
  if (!Number.isFinite(scale) || scale === 0) return null
  return { scale: neat(scale), offset: neat(a - rawA * scale) }
}

const neat = (value: number) => Number(value.toPrecision(12))
