import type { PointInfo } from '#shared/devices/contract.ts'
import { figures, steps, type Figure, type Step } from '#shared/history/step.ts'
import { isRegister } from '#shared/history/table.ts'
import type { Address } from '../address.ts'
import type { Period } from '../period/period.ts'

/** Words of the address that presets keep beside points, period and step. */
export const optionNames = ['figures'] as const

const dayMs = 24 * 3_600_000

/** The step that the address names, or one that gives the period a few dozen to a hundred rows. */
export function stepOf(address: Address, period: Period): Step {
  const named = steps.find((one) => one === address['step'])
  if (named) return named
  const days = (period.to - period.from) / dayMs
  if (days <= 2) return '15min'
  if (days <= 8) return 'hour'
  return days <= 100 ? 'day' : 'month'
}

/** The figures that the address names, or what is usual for the points: counted for meters, the mean for all else. */
export function figuresOf(address: Address, points: readonly PointInfo[]): Figure[] {
  const words = (address['figures'] ?? '').split(',')
  const named = figures.filter((one) => words.includes(one))
  if (named.length > 0) return named
  const registers = points.filter(({ is }) => isRegister(is)).length
  if (registers === 0) return ['mean']
  return registers === points.length ? ['delta'] : ['mean', 'delta']
}

/** Figures as they stand in the address; none is the usual ones. */
export function figureWords(chosen: readonly Figure[]): string | undefined {
  return chosen.length === 0 ? undefined : figures.filter((one) => chosen.includes(one)).join(',')
}
