import type { ReadingsEvent } from '#shared/acquisition/port.ts'
import type { Change as Switch, Verdict } from '#shared/alarms/check.ts'
import type { AlarmEvent } from '#shared/alarms/state.ts'
import { qualities, type Quality } from '#shared/reading.ts'
import type { Condition } from './condition.ts'
import { Conditions } from './conditions.ts'
import { depthOf, wantedSuppression } from './hiding.ts'
import { untouched, type Kept } from './kept.ts'
import { change, isPlain, newOccurrence, remark, type Change, type Doing } from './record.ts'

/** A reading is believed for so long while no other comes: points are stored each quarter hour, and one may be late. */
const believedMs = 20 * 60_000
/** What is older by more than this comes from a clock that was set back. */
const setBackMs = 10 * 60_000
/** Kinds that say themselves that nothing comes; of a device without contact that is known. */
const ofContact = new Set(['missing', 'stuck'])

/**
 * Holds all conditions, tells their checks what comes, and decides what changes. Decides only: `put` writes and shows. Nothing in it reads
 * a clock.
 */
export class Engine {
  readonly conditions = new Conditions()
  /** Conditions that time alone may change. */
  readonly #timed = new Set<Condition>()
  /** Conditions that are not plainly normal. */
  readonly notable = new Set<Condition>()
  readonly #put: (changes: readonly Change[]) => Promise<void>
  readonly #inMaintenance: (device: string) => boolean

  constructor(put: (changes: readonly Change[]) => Promise<void>, inMaintenance: (device: string) => boolean) {
    this.#put = put
    this.#inMaintenance = inMaintenance
  }

  /** Puts a condition in the place of the one before it, which it goes on from. */
  add(condition: Condition, kept: Kept = untouched): void {
    condition.kept = kept
    condition.shown = kept
    this.conditions.put(condition)
    if (!isPlain(kept.standing)) this.notable.add(condition)
  }

  /** Takes a condition away. What stood of it ends. */
  drop(condition: Condition, at: number): void {
    this.forget(condition)
    const { occurrence } = condition.kept.standing
    if (isPlain(condition.kept.standing)) return
    const ended = remark(condition, { at, by: null, what: 'ruleChanged' }, { ...untouched, changedAt: at })
    const happening = ended.happening && { ...ended.happening, occurrence }
    condition.kept = ended.kept
    const notify = occurrence === null ? [] : [{ what: 'ended' as const, occurrence }]
    void this.#put([{ ...ended, happening, clears: true, ends: true, notify }])
  }

  /** Takes a condition away without a word, since another takes its place. */
  forget(condition: Condition): void {
    this.conditions.drop(condition)
    this.#timed.delete(condition)
    this.notable.delete(condition)
  }

  take({ batch }: ReadingsEvent): void {
    const switched: [Condition, Switch, number][] = []
    for (let row = 0; row < batch.series.length; row++) {
      const listeners = this.conditions.ofSeries(batch.series[row] as number)
      if (!listeners) continue
      const at = batch.at[row] as number
      const value = batch.value[row] as number
      const quality = qualities[batch.quality[row] as number] as Quality
      if (quality === 'log') continue
      for (const listener of listeners) {
        const { condition, i } = listener
        const { check } = condition
        if (!check || !condition.ready || (at < listener.lastAt && at > listener.lastAt - setBackMs)) continue
        listener.lastAt = at
        // Of several series one may be stamped a moment before the other.
        const moment = at > condition.lastAt - setBackMs ? Math.max(at, condition.lastAt) : at
        condition.lastAt = moment
        const verdict = check.take(i, value, quality, at, condition.kept.standing.active)
        const turn = this.#judge(condition, verdict, moment)
        if (turn !== null) switched.push([condition, turn, moment])
      }
    }
    this.#turn(switched)
  }

  /** What a source says. */
  tell(condition: Condition, verdict: Verdict, at: number, shown?: { value: number | null; limit: number | null }): void {
    condition.lastAt = at
    if (shown) condition.told = shown
    const turn = this.#judge(condition, verdict, at)
    if (turn !== null) this.#turn([[condition, turn, at]])
    // Those beneath one that is about to be raised wait with it.
    else this.#rehide(condition, at)
  }

  /** Another condition stands above it from now on. */
  place(condition: Condition, parent: string | null, at: number): void {
    if (condition.parent === parent) return
    this.conditions.place(condition, parent)
    this.hide([condition], at)
  }

  /** Time has passed: delays end, shelves are over. */
  tick(at: number): void {
    const switched: [Condition, Switch, number][] = []
    for (const condition of this.#timed) {
      const believed = condition.check === null || (at - condition.lastAt <= believedMs && condition.device?.contact.state !== 'offline')
      const { active } = condition.kept.standing
      const turn = believed
        ? condition.hold.tick(at, active, condition.delays)
        : condition.hold.take('unknown', at, active, condition.delays)
      this.#time(condition)
      if (turn !== null) switched.push([condition, turn, at])
      else this.#rehide(condition, at)
    }
    this.#turn(switched)
    const over = [...this.notable].filter(({ kept }) => (kept.standing.shelf?.until ?? Infinity) <= at)
    for (const condition of over) void this.apply(condition, { event: 'unshelve' }, { at, by: null, what: 'shelfExpired' })
  }

  /** Asks checks that time alone may change. */
  tickChecks(at: number): void {
    const switched: [Condition, Switch, number][] = []
    for (const condition of this.conditions.ticking) {
      if (!condition.ready) continue
      const silent = ofContact.has(condition.rule.test.kind) && condition.device?.contact.state === 'offline'
      const verdict = silent ? 'unknown' : condition.check?.tick?.(at, condition.kept.standing.active)
      if (verdict === undefined) continue
      const turn = this.#judge(condition, verdict, at)
      if (turn !== null) switched.push([condition, turn, at])
    }
    this.#turn(switched)
  }

  /** Those that hold since less than their delay. */
  pending(): Condition[] {
    return [...this.#timed].filter(({ kept, pendingUntil }) => !kept.standing.active && pendingUntil !== null)
  }

  /** Hides what logic hides now, and shows what it hides no more. */
  hide(conditions: Iterable<Condition>, at: number): void {
    const changes = [...conditions].flatMap((condition) => this.#hidden(condition, at))
    void this.#keep(changes)
  }

  /** One event of a person or of time. Resolves when it is on disk; false: it changes nothing. */
  async apply(condition: Condition, event: AlarmEvent, doing: Doing): Promise<boolean> {
    const one = this.#step(condition, event, doing)
    if (!one) return false
    const beneath = [...this.conditions.beneath(condition.key)].flatMap((child) => this.#hidden(child, doing.at))
    await this.#keep([one, ...beneath])
    return true
  }

  /** A remark or a step that is done. */
  async note(condition: Condition, doing: Doing, kept: Kept): Promise<void> {
    const one = remark(condition, doing, kept)
    condition.kept = kept
    await this.#keep([one])
  }

  #judge(condition: Condition, verdict: Verdict, at: number): Switch {
    condition.verdict = verdict
    const turn = condition.hold.take(verdict, at, condition.kept.standing.active, condition.delays)
    this.#time(condition)
    return turn
  }

  #time(condition: Condition): void {
    if (condition.isTimed) this.#timed.add(condition)
    else this.#timed.delete(condition)
  }

  #turn(switched: readonly [Condition, Switch, number][]): void {
    if (switched.length === 0) return
    const order =
      switched.length === 1 ? switched : [...switched].sort(([a], [b]) => depthOf(a, this.conditions) - depthOf(b, this.conditions))
    const changes: Change[] = []
    for (const [condition, turn, at] of order) {
      if (turn === 'raise') {
        changes.push(...this.#hidden(condition, at, true))
        const one = this.#step(condition, { event: 'raise', id: newOccurrence() }, { at, by: null, what: 'raised' })
        if (one) changes.push(one)
      } else {
        const one = this.#step(condition, { event: 'clear' }, { at, by: null, what: 'cleared' })
        if (one) changes.push(one)
        changes.push(...this.#hidden(condition, at))
      }
      for (const child of this.conditions.beneath(condition.key)) changes.push(...this.#hidden(child, at))
    }
    void this.#keep(changes)
  }

  #rehide(condition: Condition, at: number): void {
    const beneath = this.conditions.beneath(condition.key)
    if (beneath.size > 0) this.hide(beneath, at)
  }

  /** `raising`: it is about to be raised, so that it may be hidden although nothing stands of it yet. */
  #hidden(condition: Condition, at: number, raising = false): Change[] {
    const { standing } = condition.kept
    const now = standing.suppression
    const stands = raising || standing.active || standing.occurrence !== null
    const wanted = stands ? wantedSuppression(condition, this.conditions, this.#inMaintenance, at) : null
    if (wanted?.reason === now?.reason && wanted?.by === now?.by) return []
    const changes: Change[] = []
    const put = (event: AlarmEvent, what: Doing['what']) => {
      const one = this.#step(condition, event, { at, by: null, what })
      if (one) changes.push(one)
    }
    if (wanted) put({ event: 'suppress', suppression: wanted }, 'suppressed')
    else put({ event: 'unsuppress' }, 'unsuppressed')
    return changes
  }

  #step(condition: Condition, event: AlarmEvent, doing: Doing): Change | null {
    const one = change(condition, event, doing)
    if (!one) return null
    condition.kept = one.kept
    this.notable.add(condition)
    // What was on its way to be raised or cleared is timed by the new state.
    this.#time(condition)
    return one
  }

  async #keep(changes: readonly Change[]): Promise<void> {
    if (changes.length > 0) await this.#put(changes)
  }
}
