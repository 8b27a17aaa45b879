import type { Point } from '#shared/devices/profile.ts'
import { decimals } from '#shared/units.ts'

/**
 * How far the raw number of a measurement may move before the server tells us: a quarter of the last digit that is shown. States,
 * settings and what counts up tell every change.
 */
export function deadbandOf({ role, is, scale }: Point): number {
  if (role !== 'measure' || whole.has(is)) return 0
  return 10 ** -decimals[is] / 4 / Math.abs(scale)
}

const whole = new Set<Point['is']>(['energy', 'volume', 'count', 'state', 'text', 'number', 'duration'])
