import type { Condition } from './condition.ts'

/** A condition, which of its series it is, and the time of the last reading of that, UTC ms. */
export type Listener = { condition: Condition; i: number; lastAt: number }

/** All conditions there are, found by key, series, rule, device and the one above them. */
export class Conditions {
  readonly #byKey = new Map<string, Condition>()
  readonly #bySeries: (Listener[] | undefined)[] = []
  readonly #byRule = new Map<string, Set<Condition>>()
  readonly #byDevice = new Map<string, Set<Condition>>()
  readonly #beneath = new Map<string, Set<Condition>>()
  /** Whose checks want to be told that time passes. */
  readonly ticking = new Set<Condition>()

  get size(): number {
    return this.#byKey.size
  }

  get(key: string): Condition | undefined {
    return this.#byKey.get(key)
  }

  all(): IterableIterator<Condition> {
    return this.#byKey.values()
  }

  ofSeries(series: number): readonly Listener[] | undefined {
    return this.#bySeries[series]
  }

  ofRule(rule: string): ReadonlySet<Condition> {
    return this.#byRule.get(rule) ?? none
  }

  ofDevice(device: string): ReadonlySet<Condition> {
    return this.#byDevice.get(device) ?? none
  }

  beneath(key: string): ReadonlySet<Condition> {
    return this.#beneath.get(key) ?? none
  }

  /** Every series that some condition looks at. */
  series(): Set<number> {
    return new Set(this.#bySeries.flatMap((listeners, series) => (listeners && listeners.length > 0 ? [series] : [])))
  }

  put(condition: Condition): void {
    this.#byKey.set(condition.key, condition)
    into(this.#byRule, condition.rule.id, condition)
    into(this.#byDevice, condition.place.device, condition)
    if (condition.parent !== null) into(this.#beneath, condition.parent, condition)
    if (condition.check?.tick) this.ticking.add(condition)
    condition.check?.series.forEach((series, i) => {
      const listeners = (this.#bySeries[series] ??= [])
      listeners.push({ condition, i, lastAt: 0 })
    })
  }

  drop(condition: Condition): void {
    this.#byKey.delete(condition.key)
    this.#byRule.get(condition.rule.id)?.delete(condition)
    this.#byDevice.get(condition.place.device)?.delete(condition)
    if (condition.parent !== null) this.#beneath.get(condition.parent)?.delete(condition)
    this.ticking.delete(condition)
    for (const series of condition.check?.series ?? [])
      this.#bySeries[series] = this.#bySeries[series]?.filter((listener) => listener.condition !== condition)
  }

  /** Another condition stands above it from now on, or none. */
  place(condition: Condition, parent: string | null): void {
    if (condition.parent !== null) this.#beneath.get(condition.parent)?.delete(condition)
    condition.parent = parent
    if (parent !== null) into(this.#beneath, parent, condition)
  }
}

const none: ReadonlySet<Condition> = new Set()

function into(map: Map<string, Set<Condition>>, key: string, condition: Condition): void {
  const set = map.get(key)
  if (set) set.add(condition)
  else map.set(key, new Set([condition]))
}
