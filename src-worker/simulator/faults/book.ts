import { Failure } from '#shared/failures.ts'
import { paramsOf, type Fault, type FaultKind, type PlannedFault } from '#shared/simulator/faults.ts'
import type { Targets } from './targets.ts'

const dayMs = 24 * 3_600_000
const minuteMs = 60_000

/** A fault with the moment at which it shall end, known or not yet. */
type Entry = Omit<Fault, 'id' | 'to'> & { until: number | null }
type Begun = Entry & { id: string; to: number | null }

export type FaultLedger = { planned: Entry[]; begun: Begun[] }

/** What happens when faults begin and end. */
export type FaultDeeds = { begin(fault: Fault): void; end(fault: Fault): void }

/** All faults of a town, those to come and those that were; what has begun stays in it as the truth. */
export class FaultBook {
  readonly #targets: Targets
  readonly #deeds: FaultDeeds
  #planned: Entry[] = []
  #begun: Begun[] = []
  /** When the next fault begins or ends, simulated UTC ms. */
  event = Infinity

  constructor(targets: Targets, deeds: FaultDeeds) {
    this.#targets = targets
    this.#deeds = deeds
  }

  /** Days count from `opened`, to the minute. Throws as `strike` does for a plan that cannot be. */
  plan(faults: readonly PlannedFault[], opened: number): void {
    const moment = (day: number) => Math.round((opened + day * dayMs) / minuteMs) * minuteMs
    const entries = faults.map(({ kind, target, params, fromDay, toDay }) => ({
      kind,
      target: this.#targets.check(kind, target),
      params: checked(kind, params),
      from: moment(fromDay),
      until: toDay === null || toDay === undefined ? null : moment(toDay),
    }))
    this.#planned = entries.filter(({ from, until }) => until === null || until > from).toSorted((a, b) => a.from - b.from)
    this.#look()
  }

  /** Begins and ends what is due. */
  reach(now: number): void {
    while (now >= this.event) {
      const ending = this.#begun.filter(({ to, until }) => to === null && until === this.event)
      for (const fault of ending) this.#end(fault, this.event)
      while (this.#planned[0] && this.#planned[0].from <= this.event) this.#begin(this.#planned.shift() as Entry)
      this.#look()
    }
  }

  /** Throws `notFound` for a target that is not there, `input.invalid` for a parameter or an end before `now`. */
  strike(kind: FaultKind, target: string, params: Readonly<Record<string, number>> | undefined, now: number, until: number | null): Fault {
    if (until !== null && until <= now) throw new Failure('input.invalid', { fields: 'to must be after now' })
    const fault = this.#begin({ kind, target: this.#targets.check(kind, target), params: checked(kind, params), from: now, until })
    this.#look()
    return fault
  }

  /** Throws `notFound`. One that has ended already stays as it was. */
  heal(id: string, now: number): Fault {
    const fault = this.#begun.find((one) => one.id === id)
    if (!fault) throw new Failure('notFound', { what: 'fault', id })
    if (fault.to === null) {
      this.#end(fault, now)
      this.#look()
    }
    return told(fault)
  }

  all(): Fault[] {
    return this.#begun.map(told)
  }

  /** Those that stand at a station, by its position, its zone's among them. */
  standingAt(station: number): Fault[] {
    return this.#standing().filter(({ kind, target }) => this.#targets.stations(kind, target).includes(station))
  }

  save(): FaultLedger {
    return structuredClone({ planned: this.#planned, begun: this.#begun })
  }

  /** Takes the place of what was planned; what stands begins anew. */
  load(ledger: FaultLedger): void {
    this.#planned = structuredClone(ledger.planned)
    this.#begun = structuredClone(ledger.begun)
    for (const fault of this.#standing()) this.#deeds.begin(told(fault))
    this.#look()
  }

  #standing(): Begun[] {
    return this.#begun.filter(({ to }) => to === null)
  }

  #begin(entry: Entry): Fault {
    const fault: Begun = { ...entry, id: `f${this.#begun.length + 1}`, to: null }
    this.#begun.push(fault)
    this.#deeds.begin(told(fault))
    return told(fault)
  }

  #end(fault: Begun, now: number): void {
    fault.to = now
    this.#deeds.end(told(fault))
  }

  #look(): void {
    let event = this.#planned[0]?.from ?? Infinity
    for (const { until } of this.#standing()) if (until !== null && until < event) event = until
    this.event = event
  }
}

function told({ id, kind, target, params, from, to }: Begun): Fault {
  return { id, kind, target, params: { ...params }, from, to }
}

function checked(kind: FaultKind, params: Readonly<Record<string, number>> | undefined): Record<string, number> {
  try {
    return paramsOf(kind, params)
  } catch (error) {
    if (error instanceof RangeError) throw new Failure('input.invalid', { fields: error.message })
    throw error
  }
}
