import type { Rule } from '#shared/alarms/rule.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { PlantDevice } from '../plant.ts'
import type { Condition } from './condition.ts'
import type { Engine } from './engine.ts'
import type { Kept } from './kept.ts'
import { isSame, readingConditions, sourceConditions, sourcesByKind } from './plan.ts'
import type { Source } from './source.ts'

type World = { devices: () => readonly PlantDevice[]; calendar: Calendar; clock: () => number }

/** Keeps the conditions of the engine what rules, devices and sources make of them. */
export class Planner {
  readonly #engine: Engine
  readonly #world: World
  readonly #sources: ReturnType<typeof sourcesByKind>
  readonly #rules = new Map<string, Rule>()
  /** How conditions stood when the program ended, as long as none has taken that up. */
  readonly #left: Map<string, Kept>
  /** Conditions of a source came or went since it was told. */
  #moved = false
  /** When overrides that end by themselves end next; UTC ms. */
  #next = Infinity

  constructor(engine: Engine, world: World, sources: readonly Source[], left: Map<string, Kept>) {
    this.#engine = engine
    this.#world = world
    this.#sources = sourcesByKind(sources)
    this.#left = left
  }

  /** What has not been taken up by a condition yet. */
  get left(): ReadonlyMap<string, Kept> {
    return this.#left
  }

  forgetLeft(): void {
    this.#left.clear()
  }

  /** Returns the conditions that are new. A rule that is removed or switched off has none. */
  rule(rule: Rule): Condition[] {
    const stands = rule.removedAt === null && rule.enabled
    if (stands) this.#rules.set(rule.id, rule)
    else this.#rules.delete(rule.id)
    const fresh = this.#replace([...this.#engine.conditions.ofRule(rule.id)], stands ? this.#conditionsOf(rule, this.#world.devices()) : [])
    this.#settle(rule.test.kind)
    this.#next = nextEnd(this.#rules.values(), this.#world.clock())
    return fresh
  }

  /** A device came, changed or went. */
  device(device: PlantDevice, there: boolean): Condition[] {
    const at = this.#world.clock()
    const own = [...this.#engine.conditions.ofDevice(device.id)].filter(({ check }) => check !== null)
    const wanted = there ? [...this.#rules.values()].flatMap((rule) => this.#ofReadings(rule, device, at)) : []
    return [...this.#replace(own, wanted), ...this.sources()]
  }

  /** Asks the sources again what there is to look at. */
  sources(): Condition[] {
    const devices = this.#world.devices()
    const fresh: Condition[] = []
    for (const rule of this.#rules.values()) {
      const source = this.#sources.get(rule.test.kind)
      if (source) fresh.push(...this.#replace([...this.#engine.conditions.ofRule(rule.id)], sourceConditions(rule, devices, source)))
    }
    if (this.#moved) for (const kind of this.#sources.keys()) this.#settle(kind)
    this.#moved = false
    return fresh
  }

  /** Rules of which an override has ended are planned anew. */
  tick(at: number): Condition[] {
    if (at < this.#next) return []
    const ended = [...this.#rules.values()].filter(({ overrides }) => overrides.some(({ until }) => until !== null && until <= at))
    this.#next = nextEnd(this.#rules.values(), at)
    return ended.flatMap((rule) =>
      this.#replace([...this.#engine.conditions.ofRule(rule.id)], this.#conditionsOf(rule, this.#world.devices()), true),
    )
  }

  #conditionsOf(rule: Rule, devices: readonly PlantDevice[]): Condition[] {
    const source = this.#sources.get(rule.test.kind)
    if (source) return sourceConditions(rule, devices, source)
    const at = this.#world.clock()
    return devices.flatMap((device) => this.#ofReadings(rule, device, at))
  }

  #ofReadings(rule: Rule, device: PlantDevice, at: number): Condition[] {
    return this.#sources.has(rule.test.kind) ? [] : readingConditions(rule, device, this.#world.calendar, at)
  }

  /** Conditions that look at the same as before stay; others take over how it stood. */
  #replace(before: readonly Condition[], wanted: readonly Condition[], anew = false): Condition[] {
    const gone = new Map(before.map((condition) => [condition.key, condition]))
    const fresh: Condition[] = []
    for (const condition of wanted) {
      const old = gone.get(condition.key)
      gone.delete(condition.key)
      if (old && !anew && isSame(old, condition)) continue
      if (old) this.#engine.forget(old)
      this.#engine.add(condition, old?.kept ?? this.#left.get(condition.key))
      this.#left.delete(condition.key)
      fresh.push(condition)
    }
    for (const condition of gone.values()) this.#engine.drop(condition, this.#world.clock())
    this.#moved ||= fresh.length > 0 || gone.size > 0
    return fresh
  }

  #settle(kind: Rule['test']['kind']): void {
    const source = this.#sources.get(kind)
    if (!source) return
    const rules = [...this.#rules.values()].filter(({ test }) => source.kinds.includes(test.kind))
    const conditions = rules.flatMap(({ id }) => [...this.#engine.conditions.ofRule(id)])
    source.settle(
      new Map(
        conditions.map((condition) => {
          const { key, place, rule, name, line, series } = condition
          return [key, { place: { ...place, name, line, series }, rule }]
        }),
      ),
    )
  }
}

function nextEnd(rules: Iterable<Rule>, at: number): number {
  let next = Infinity
  for (const { overrides } of rules) for (const { until } of overrides) if (until !== null && until > at) next = Math.min(next, until)
  return next
}
