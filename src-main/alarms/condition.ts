import type { Check, Delays, Verdict } from '#shared/alarms/check.ts'
import { keyOf, type Place } from '#shared/alarms/condition-key.ts'
import { Hold } from '#shared/alarms/hold.ts'
import type { Planned } from '#shared/alarms/planned.ts'
import { moreUrgent, type Priority } from '#shared/alarms/priority.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import type { Point } from '#shared/devices/profile.ts'
import type { PlantDevice } from '../plant.ts'
import { untouched, type Kept } from './kept.ts'
import type { SourcePlace } from './source.ts'

/** What many devices hang on is more urgent than one of them: a line or gateway by one step, the network of this computer by two. */
function priorityOf({ priority }: Rule, { device, part }: Place): Priority {
  if (device !== '' || !/^(line|gateway|network)/.test(part)) return priority
  return part.startsWith('network') ? moreUrgent(moreUrgent(priority)) : moreUrgent(priority)
}

/** A rule on one device and point, as it is looked at now. */
export class Condition {
  readonly key: string
  readonly place: Place
  readonly rule: Rule
  readonly device: PlantDevice | null
  readonly priority: Priority
  readonly delays: Delays
  readonly series: number | null
  readonly point: Point | null
  /** What failed where it is no device. */
  readonly name: string
  readonly line: string
  readonly check: Check | null
  readonly memoryMs: number
  readonly hold = new Hold()
  /** As decided, and as it is on disk and seen. */
  kept: Kept = untouched
  shown: Kept = untouched
  unsaved = false
  /** Condition that stands for this one while it is active. */
  parent: string | null
  verdict: Verdict = 'unknown'
  /** What a source said beside its verdict. */
  told: { value: number | null; limit: number | null } | null = null
  /** It has been told what history has, and may be told what comes. */
  ready: boolean
  /** UTC ms of the newest reading that it was told, each of its series together. */
  lastAt = 0

  private constructor(from: {
    place: Place
    rule: Rule
    device: PlantDevice | null
    planned: Planned | null
    source: SourcePlace | null
    line: string
  }) {
    const { place, rule, device, planned, source, line } = from
    this.key = keyOf(place)
    this.place = place
    this.rule = rule
    this.device = device
    this.priority = planned?.priority ?? priorityOf(rule, place)
    this.delays = planned?.delays ?? { onMs: rule.onDelayS * 1000, offMs: rule.offDelayS * 1000 }
    this.series = planned ? planned.series : (source?.series ?? null)
    this.point = planned?.point ?? null
    this.name = source?.name ?? device?.name ?? ''
    this.line = source?.line ?? line
    this.check = planned?.make() ?? null
    this.memoryMs = planned?.memoryMs ?? 0
    this.parent = planned?.beneath ?? null
    this.ready = this.memoryMs === 0
  }

  static ofReadings(rule: Rule, device: PlantDevice | null, planned: Planned, line: string): Condition {
    return new Condition({ place: planned.place, rule, device, planned, source: null, line })
  }

  static ofSource(rule: Rule, device: PlantDevice | null, source: SourcePlace): Condition {
    const { rule: id, device: name, point, part } = source
    return new Condition({ place: { rule: id, device: name, point, part }, rule, device, planned: null, source, line: source.line })
  }

  /** UTC ms when it is raised if it stays as it is; null: it is not on its way. */
  get pendingUntil(): number | null {
    return this.hold.pendingUntil(this.kept.standing.active, this.delays)
  }

  /** Time alone may change it. */
  get isTimed(): boolean {
    const { active } = this.kept.standing
    return this.hold.pendingUntil(active, this.delays) !== null || this.hold.clearingUntil(active, this.delays) !== null
  }
}
