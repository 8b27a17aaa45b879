import type { ControlSettings } from '../image/settings.ts'
import { clamp } from './noise.ts'

/** Kelvins within which a controller that finds its valve in quasi-steady steps is content. */
const content = 0.05
/** ln 50: one travel of an equal-percentage valve. */
const travel = 3.912

/**
 * How far a three-point motor moves a valve in a step, as part of its travel: PI on the flow temperature, nothing more than the motor
 * can run. `error` and `before` in K (reference less flow, now and a step ago).
 */
export function pulse(control: ControlSettings, gain: number, error: number, before: number, seconds: number): number {
  const band = control.band / gain
  const beyond = Math.abs(error) > control.neutralZone / 2 ? error : 0
  const integration = gain > 1 ? control.integration / 3 : control.integration
  const wanted = (error - before) / band + (beyond * seconds) / (band * integration)
  const most = (seconds / control.runTime) * (gain > 1 ? 3 : 1)
  return clamp(wanted, -most, most)
}

/**
 * The same in steps longer than the motor's run: the valve goes to where its flow would give `needed` heat when it gives `given` now.
 */
export function settle(position: number, needed: number, given: number, missing: number): number {
  if (needed <= 0) return 0
  if (Math.abs(missing) < content) return position
  if (given <= 0) return Math.max(position, 0.1)
  return clamp(position + (0.9 * Math.log(clamp(needed / given, 0.2, 5))) / travel, 0, 1)
}
