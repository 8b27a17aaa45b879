import { faultRow, type Fault } from '#shared/simulator/faults.ts'
import { ailmentsOf, healthy, type Ailments } from './ailments.ts'
import type { HeatMeters } from './heat-meter.ts'
import type { Heating } from './heating.ts'
import type { HotWater } from './hot-water.ts'
import type { Network } from './network-view.ts'
import type { NetworkPlan } from './network-plan.ts'

type Parts = { heating: Heating; water: HotWater; meters: HeatMeters; network: Network }

/** Who is ill with what. Throws RangeError for a target that is not there. */
export class Ward {
  readonly ill: Ailments[]
  readonly #faults = new Map<string, Fault>()
  readonly #stations: ReadonlyMap<string, number>
  readonly #nodes: ReadonlyMap<string, number>
  readonly #parts: Parts

  constructor(names: readonly string[], network: NetworkPlan, parts: Parts) {
    this.ill = names.map(() => healthy())
    this.#stations = new Map(names.map((name, i) => [name, i]))
    this.#nodes = new Map(network.pipes.map(({ id }, i) => [id, i]))
    this.#parts = parts
  }

  hurt(fault: Fault): void {
    if (!this.#mine(fault)) return
    this.#faults.set(fault.id, fault)
    this.#apply(fault)
    if (faultRow(fault.kind).target !== 'station') return
    const i = this.#place(fault)
    const { heating, water, meters } = this.#parts
    if (fault.kind === 'heatingValveStuck') heating.hold(i, this.#ill(i).heatingHeld)
    if (fault.kind === 'waterValveStuck') water.hold(i, this.#ill(i).waterHeld)
    if (fault.kind === 'meterSwapped') meters.swap(i, fault.params['energy'] ?? 0)
  }

  heal(fault: Fault): void {
    if (!this.#faults.delete(fault.id)) return
    this.#apply(fault)
    if (faultRow(fault.kind).target !== 'station') return
    const i = this.#place(fault)
    const { heating, water, meters } = this.#parts
    if (Number.isNaN(this.#ill(i).heatingHeld)) heating.release(i)
    if (Number.isNaN(this.#ill(i).waterHeld)) water.release(i)
    if (fault.kind === 'meterSwapped') meters.swapped(i)
  }

  #apply(fault: Fault): void {
    const { network } = this.#parts
    const alike = [...this.#faults.values()].filter(({ kind, target }) => kind === fault.kind && target === fault.target)
    const sum = (name: string) => alike.reduce((total, { params }) => total + (params[name] ?? 0), 0)
    if (fault.kind === 'leak') network.setLeak(this.#place(fault), sum('flow'))
    else if (fault.kind === 'pumpTripped') network.setPumpTripped(alike.length > 0)
    else if (fault.kind === 'supplyDropped') network.setSupplyDrop(sum('drop'))
    else this.ill[this.#place(fault)] = ailmentsOf([...this.#faults.values()].filter(({ target }) => target === fault.target))
  }

  #mine({ kind }: Fault): boolean {
    return faultRow(kind).place !== 'contact'
  }

  #ill(i: number): Ailments {
    return this.ill[i] ?? healthy()
  }

  #place({ kind, target }: Fault): number {
    const found = (faultRow(kind).target === 'node' ? this.#nodes : this.#stations).get(target)
    if (found === undefined) throw new RangeError(`${kind} strikes ${target}, which is not there`)
    return found
  }
}
