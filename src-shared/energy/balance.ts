import type { SensorSide } from './water.ts'
import { heatCoefficient } from './water.ts'

/** Errors that EN 1434 permits, in percent: of the flow sensor by accuracy class, the largest, and what adds with the range. */
const flowErrors = { 1: [1, 0.01, 3.5], 2: [2, 0.02, 5], 3: [3, 0.05, 5] } as const
export type AccuracyClass = keyof typeof flowErrors

/**
 * Largest permissible error of a whole heat meter, as a share: flow sensor, pair of temperature sensors and calculator. `load`: flow over
 * permanent flow; `difference` and `smallest` K.
 */
export function permissibleError(load: number, difference: number, smallest: number, accuracyClass: AccuracyClass): number {
  const [base, factor, most] = flowErrors[accuracyClass]
  const flow = Math.min(most, base + factor / load)
  const sensors = 0.5 + (3 * smallest) / difference
  const calculator = 0.5 + smallest / difference
  return (flow + sensors + calculator) / 100
}

export type DayBalance = { energy: number; volume: number; flow: number; back: number; ratio: number; error: number }

/** Energy that a meter counted over what volume and temperatures come to, and the share by which that may be off. */
export function balanceOf(
  day: { energy: number; volume: number; flow: number; back: number; hours: number },
  meter: { side: SensorSide; permanentFlow: number | null; smallest: number; accuracyClass: AccuracyClass },
): DayBalance {
  const { energy, volume, flow, back, hours } = day
  const k = heatCoefficient(meter.side === 'flow' ? flow : back, (flow + back) / 2)
  const load = meter.permanentFlow === null ? usualLoad : volume / hours / meter.permanentFlow
  const error = permissibleError(Math.max(load, 1e-3), flow - back, meter.smallest, meter.accuracyClass)
  return { energy, volume, flow, back, ratio: energy / (k * volume * (flow - back)), error }
}

/** Flow over permanent flow, where that is not known. */
const usualLoad = 0.1
