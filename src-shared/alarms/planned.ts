import type { Point } from '../devices/profile.ts'
import type { Check, Delays } from './check.ts'
import type { Place } from './condition-key.ts'
import type { Priority } from './priority.ts'

/** A device as rules see it: `series[i]` belongs to `points[i]`; `served` is false for what it answered it does not have. */
export type RuleDevice = {
  id: string
  name: string
  place: string
  tags: readonly string[]
  profile: string
  points: readonly Point[]
  series: readonly number[]
  served: (point: Point) => boolean
}

/** A condition that is to be looked at, before it has seen anything. `series` is the point that it is about. */
export type Planned = {
  place: Place
  priority: Priority
  series: number | null
  point: Point | null
  delays: Delays
  /** A fresh check. It wants to be told the samples of the last `memoryMs` before what comes live. */
  make: () => Check
  memoryMs: number
  /** More severe level of the same rule on the same point, which stands for this one while it is active. */
  beneath: string | null
}
