import { heatCapacity } from './water.ts'
import type { NetworkPlan } from './network-plan.ts'
import type { Network } from './network-view.ts'
import { cellsOf, content, expansion, resistance, servicePipe } from './pipes.ts'
import { createPlant, makeUpTemperature, settled } from './plant.ts'

/** kJ/(kg K). */
const heat = heatCapacity / 1000
const hourSeconds = 3600
/** Hydraulics see flows through a low-pass of this many seconds. */
const flowLag = 10
/** What a network begins with, °C. */
const first = { supply: 70, return: 40 } as const
/** Farthest that a station's return is moved in a step to make up for its supply having changed meanwhile, K. */
const mostShift = 5
/** Sums of a step: kg·°C/s that come home; kW; kW; kW; growth of the water's volume, as mass, kg. */
const [returnHeat, losses, taken, leaked, grown] = [0, 1, 2, 3, 4] as const

/**
 * The network of a plan, warm and at rest. Implicit upwind cells: steps up to 60 s are stable, and the plant's heat is what stations took
 * (flow · heat capacity · (`stationSupply` before the step - `returned`)), pipes lost, leaks carried away and the water stored, exactly.
 * Throws RangeError for a plan that is not a tree of pipes.
 */
export function createNetwork(plan: NetworkPlan): Network {
  check(plan)
  const size = plan.pipes.length
  const houses = plan.stations.length
  const parent = Int32Array.from(plan.pipes, (pipe) => pipe.parent)
  const node = Int32Array.from(plan.stations)
  const begin = new Int32Array(size + 1)
  plan.pipes.forEach((pipe, i) => (begin[i + 1] = (begin[i] ?? 0) + cellsOf(pipe.length)))
  const cells = begin[size] ?? 0
  /** Of one cell: kg; kW/K. Of a pair of pipes: bar/(kg/s)². */
  const mass = Float64Array.from(plan.pipes, ({ length, diameter }) => content(length, diameter) / cellsOf(length))
  const conducting = Float64Array.from(plan.pipes, ({ length, loss }) => (loss * length) / cellsOf(length) / 1000)
  const friction = Float64Array.from(plan.pipes, ({ length, diameter }) => 2e-5 * resistance(length, diameter))
  const service = plan.service ?? servicePipe
  const serviceMass = content(service.length, service.diameter)
  const serviceConducting = (service.loss * service.length) / 1000

  const plant = createPlant(first.supply, first.return)
  const hot = new Float64Array(cells).fill(first.supply)
  const cold = new Float64Array(cells).fill(first.return)
  const stationSupply = new Float64Array(houses).fill(first.supply)
  const stationReturn = new Float64Array(houses).fill(first.return)
  const stationDp = new Float64Array(houses).fill(plant.view.lowest)
  /** Heat that stations are owed by the return because their supply changed after they had used it, kg·K. */
  const owed = new Float64Array(houses)
  const flow = new Float64Array(size)
  const smooth = new Float64Array(size)
  const supply = new Float64Array(size).fill(first.supply)
  const back = new Float64Array(size).fill(first.return)
  const dp = new Float64Array(size).fill(plant.view.lowest)
  const leak = new Float64Array(size)
  /** In the return pipe of each node: kg/s; kg·°C/s that come in at its far end. */
  const backFlow = new Float64Array(size)
  const backHeat = new Float64Array(size)
  const sums = new Float64Array(5)

  function gatherFlows(stations: Float64Array): void {
    backFlow.fill(0)
    flow.set(leak)
    for (let i = 0; i < houses; i++) add(backFlow, index(node, i), get(stations, i))
    for (let i = size - 1; i >= 0; i--) {
      add(flow, i, get(backFlow, i))
      const up = index(parent, i)
      if (up < 0) continue
      add(backFlow, up, get(backFlow, i))
      // What the parent takes up in its own turn is in its backFlow; what leaks below is not.
      add(flow, up, get(flow, i) - get(backFlow, i))
    }
  }

  function settlePressures(seconds: number): void {
    const k = 1 - Math.exp(-seconds / flowLag)
    for (let i = 0; i < size; i++) {
      const now = settled(get(smooth, i) + (get(flow, i) - get(smooth, i)) * k)
      smooth[i] = now
      const up = index(parent, i)
      dp[i] = (up < 0 ? 0 : get(dp, up)) - get(friction, i) * now * now
    }
    let least = 0
    for (let i = 0; i < houses; i++) least = Math.min(least, get(dp, index(node, i)))
    const head = plant.pump(seconds, -least)
    for (let i = 0; i < size; i++) dp[i] = Math.max(0, head + get(dp, i))
    for (let i = 0; i < houses; i++) stationDp[i] = get(dp, index(node, i))
    plant.setLowest(Math.max(0, head + least))
  }

  /** Water of `flow` at `into` °C goes through the cells of pipe i; gives what comes out. */
  function through(
    pipe: Float64Array,
    i: number,
    into: number,
    passing: number,
    seconds: number,
    ground: number,
    forward: boolean,
  ): number {
    const water = get(mass, i)
    const conducts = get(conducting, i)
    const a = (passing * seconds) / water
    const b = (conducts * seconds) / (water * heat)
    const from = index(begin, i)
    const to = index(begin, i + 1)
    let now = into
    for (let n = from; n < to; n++) {
      const cell = forward ? n : from + to - 1 - n
      const before = get(pipe, cell)
      now = (before + a * now + b * ground) / (1 + a + b)
      pipe[cell] = now
      add(sums, losses, conducts * (now - ground))
      add(sums, grown, water * expansion(now) * (now - before))
    }
    return now
  }

  function carrySupply(seconds: number, source: number, ground: number): void {
    for (let i = 0; i < size; i++) {
      const up = index(parent, i)
      supply[i] = through(hot, i, up < 0 ? source : get(supply, up), get(flow, i), seconds, ground, true)
      add(sums, leaked, heat * get(leak, i) * (get(supply, i) - makeUpTemperature))
    }
  }

  function serveStations(seconds: number, stations: Float64Array, returned: Float64Array, ground: number): void {
    backHeat.fill(0)
    const b = (serviceConducting * seconds) / (serviceMass * heat)
    for (let i = 0; i < houses; i++) {
      const at = index(node, i)
      const passing = get(stations, i)
      const a = (passing * seconds) / serviceMass
      const before = get(stationSupply, i)
      const now = (before + a * get(supply, at) + b * ground) / (1 + a + b)
      stationSupply[i] = now
      const debt = get(owed, i) + passing * seconds * (now - before)
      const shift = passing > 0 ? Math.min(Math.max(debt / (passing * seconds), -mostShift), mostShift) : 0
      owed[i] = debt - shift * passing * seconds
      const old = get(stationReturn, i)
      const out = (old + a * (get(returned, i) + shift) + b * ground) / (1 + a + b)
      stationReturn[i] = out
      add(backHeat, at, passing * out)
      add(sums, taken, heat * passing * (before - get(returned, i)))
      add(sums, losses, serviceConducting * (now + out - 2 * ground))
      add(sums, grown, serviceMass * (expansion(now) * (now - before) + expansion(out) * (out - old)))
    }
  }

  function carryReturn(seconds: number, ground: number): void {
    for (let i = size - 1; i >= 0; i--) {
      const passing = get(backFlow, i)
      const into = passing > 0 ? get(backHeat, i) / passing : get(cold, index(begin, i + 1) - 1)
      back[i] = into
      const out = through(cold, i, into, passing, seconds, ground, false)
      const up = index(parent, i)
      if (up < 0) add(sums, returnHeat, passing * out)
      else add(backHeat, up, passing * out)
    }
  }

  function step(seconds: number, stations: Float64Array, returned: Float64Array, wanted: number, ground: number): void {
    sums.fill(0)
    gatherFlows(stations)
    settlePressures(seconds)
    carrySupply(seconds, plant.fire(seconds, wanted), ground)
    serveStations(seconds, stations, returned, ground)
    carryReturn(seconds, ground)
    let out = 0
    let home = 0
    for (let i = 0; i < size; i++) {
      if (index(parent, i) >= 0) continue
      out += get(flow, i)
      home += get(backFlow, i)
    }
    plant.account(seconds, out, home, get(sums, returnHeat), get(sums, losses), -get(sums, grown) / seconds)
  }

  return {
    flow,
    supply,
    return: back,
    dp,
    leak,
    stationSupply,
    stationDp,
    plant: plant.view,
    memory: [hot, cold, stationSupply, stationReturn, stationDp, owed, flow, smooth, supply, back, dp, plant.memory],
    get taken() {
      return get(sums, taken)
    },
    get leaked() {
      return get(sums, leaked)
    },
    step,
    stored() {
      let sum = 0
      for (let i = 0; i < size; i++)
        for (let n = index(begin, i); n < index(begin, i + 1); n++) sum += get(mass, i) * (get(hot, n) + get(cold, n))
      for (let i = 0; i < houses; i++) sum += serviceMass * (get(stationSupply, i) + get(stationReturn, i)) + get(owed, i)
      return (sum * heat) / hourSeconds
    },
    setLeak(at, lost) {
      if (!(at in leak) || !(lost >= 0)) throw new RangeError(`leak of ${lost} kg/s at node ${at}`)
      leak[at] = lost
    },
    setPumpTripped: plant.setPumpTripped,
    setSupplyDrop: plant.setSupplyDrop,
  }
}

function get(array: Float64Array, i: number): number {
  return array[i] ?? 0
}

function index(array: Int32Array, i: number): number {
  return array[i] ?? 0
}

function add(array: Float64Array, i: number, more: number): void {
  array[i] = (array[i] ?? 0) + more
}

function check({ pipes, stations, service = servicePipe }: NetworkPlan): void {
  pipes.forEach(({ id, parent, length, diameter, loss }, i) => {
    if (!Number.isInteger(parent) || parent < -1 || parent >= i) throw new RangeError(`pipe ${id} hangs on ${parent}`)
    if (!(length > 0 && diameter > 0 && loss >= 0)) throw new RangeError(`pipe ${id}: ${length} m, ${diameter} m, ${loss} W/(m K)`)
  })
  if (!(service.length > 0 && service.diameter > 0 && service.loss >= 0)) throw new RangeError('service pipe without a size')
  stations.forEach((at, i) => {
    if (!Number.isInteger(at) || at < 0 || at >= pipes.length) throw new RangeError(`station ${i} takes its water at node ${at}`)
  })
}
