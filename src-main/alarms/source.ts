import type { Verdict } from '#shared/alarms/check.ts'
import type { Place } from '#shared/alarms/condition-key.ts'
import type { AlarmKind, Rule } from '#shared/alarms/rule.ts'
import type { PlantDevice } from '../plant.ts'

/** What a source says of its conditions. Nothing is said twice: the engine keeps what it was told last. */
export type Tell = {
  /** `value` and `limit` are shown beside the alarm; `at` UTC ms of what decided. */
  verdict(key: string, verdict: Verdict, at: number, shown?: { value: number | null; limit: number | null }): void
  /** Another condition stands for this one while it is active; null: none does. */
  beneath(key: string, parent: string | null, at: number): void
}

/** A place of a source. `name` is what failed where it is no device, such as an address; `line` what it is reached through. */
export type SourcePlace = Place & { name: string; line: string; series: number | null }

/** Watches what no single reading tells: contact, meters' findings, the program itself. */
export type Source = {
  readonly kinds: readonly AlarmKind[]
  /** The conditions of a rule on its devices, now. Asked again when rules or devices change, or after `changed` was called. */
  places(rule: Rule, devices: readonly PlantDevice[]): SourcePlace[]
  /** The conditions there are now, by key. */
  settle(conditions: ReadonlyMap<string, { place: SourcePlace; rule: Rule }>): void
  /** Called about once a second, and never again before it has ended. */
  look(at: number, tell: Tell): void | Promise<void>
  stop?(): Promise<void>
}
