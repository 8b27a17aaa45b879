import type { ControlSettings } from '../image/settings.ts'
import { opening, positionFor } from './exchanger.ts'
import { clamp } from './noise.ts'

/** Kelvins within which a controller that finds its valve in quasi-steady steps is content. */
const content = 0.05

/** Part of the motor's speed at which a controller hunts that integrates far too fast, K at which it runs so for a gain of 1. */
const restless = { speed: 0.3, kelvin: 13 }

/**
 * How far a three-point motor moves a valve in a step, as part of its travel: PI on the flow temperature, nothing more than the motor
 * can run. `error` and `before` in K (reference less flow, now and a step ago); a `gain` above 1 never comes to rest behind the sensor's lag.
 */
export function pulse(control: ControlSettings, gain: number, error: number, before: number, seconds: number): number {
  const most = seconds / control.runTime
  if (gain > 1) return clamp((error * gain) / restless.kelvin, -1, 1) * restless.speed * most
  const beyond = Math.abs(error) > control.neutralZone / 2 ? error : 0
  const wanted = (error - before) / control.band + (beyond * seconds) / (control.band * control.integration)
  return clamp(wanted, -most, most)
}

/**
 * The same in steps longer than the motor's run: the valve goes to where its flow would give `needed` heat when it gives `given` now.
 */
export function settle(position: number, needed: number, given: number, missing: number): number {
  if (needed <= 0) return 0
  if (Math.abs(missing) < content) return position
  if (given <= 0) return Math.max(position, 0.1)
  return positionFor(opening(position) * clamp(needed / given, 0.2, 5) ** 0.9)
}
