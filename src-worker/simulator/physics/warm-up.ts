import type { HeatingSettings } from '../image/settings.ts'
import { clamp } from './noise.ts'
import { programAt, type Week } from './week.ts'

const hour = 3_600_000
/** Hours that the heaviest building (59) is heated up before its time in design weather. */
const longestLead = 4
/** A boost fades out within an hour. */
const boostMs = hour

/** ms before the program's time at which heating up begins: the heavier the building and the colder it is, the earlier. */
export function leadOf({ optimizer, comfort }: HeatingSettings, outdoor: number): number {
  if (optimizer === null || optimizer === undefined || optimizer < 10) return 0
  return (optimizer / 59) * longestLead * hour * clamp((comfort - outdoor) / 32, 0, 1)
}

/** ms since comfort began by the program; Infinity when it does not hold, or for other modes. */
export function warmingFor(settings: HeatingSettings, week: Week, local: number): number {
  if (settings.mode !== 1) return Infinity
  const { comfort, since } = programAt(week, local)
  return comfort ? local - since : Infinity
}

/** The wanted room while it rises from `saving` to comfort over the ramp. */
export function rampedRoom(wanted: number, saving: number, { ramp }: HeatingSettings, warming: number): number {
  if (!ramp || warming >= ramp * 1000) return wanted
  return saving + (wanted - saving) * (warming / (ramp * 1000))
}

/** By what the flow is multiplied while heating up. */
export function boosted({ boost }: HeatingSettings, warming: number): number {
  return !boost || warming >= boostMs ? 1 : 1 + (boost / 100) * (1 - warming / boostMs)
}
