import type { PlantPicture } from '#shared/simulator/picture.ts'
import { density, heatCapacity } from './water.ts'

/** Fastest change of the supply temperature, K/min, in service and while a boiler fails or comes back. */
const ramp = 1
const failing = 5
/** What the pumps keep at the station that has least, bar, and the most that they can give. */
export const keptDp = 0.6
const greatestHead = 10
/** Time constants, s: control of the pumps, and standing still without power. */
const pumpLag = 40
const runDown = 3
const pumpEfficiency = 0.65
/** Water from the make-up, °C. */
export const makeUpTemperature = 10
/** The expansion vessel evens out what contraction asks for, s. */
const vesselLag = 300

const names = [
  'power',
  'supply',
  'wanted',
  'return',
  'flow',
  'head',
  'pumpPower',
  'makeUp',
  'losses',
  'lowest',
  'undisturbed',
  'dropped',
  'contraction',
] as const
const at = Object.fromEntries(names.map((name, i) => [name, i])) as Record<(typeof names)[number], number>

/** Boilers, pumps and make-up. All that it remembers stands in one array. */
export type Plant = {
  readonly view: Readonly<PlantPicture>
  readonly memory: Float64Array
  /** Pumps towards the head that leaves enough at the end of `drop` bar; gives the head. */
  pump(seconds: number, drop: number): number
  /** Boilers towards `wanted`; gives the supply temperature. */
  fire(seconds: number, wanted: number): number
  /** kg/s out and home; kg·°C/s that came home; kW; kg/s by which the water shrinks. What does not come home is made up. */
  account(seconds: number, flow: number, home: number, returnHeat: number, losses: number, shrinking: number): void
  setLowest(dp: number): void
  setPumpTripped(tripped: boolean): void
  setSupplyDrop(kelvin: number): void
}

export function createPlant(supply: number, returned: number): Plant {
  const memory = new Float64Array(names.length)
  const read = (i: number) => memory[i] ?? 0
  let tripped = false
  let drop = 0
  memory[at.supply] = memory[at.undisturbed] = memory[at.wanted] = supply
  memory[at.return] = returned
  memory[at.head] = memory[at.lowest] = keptDp
  return {
    memory,
    view: {
      get power() {
        return read(at.power)
      },
      get supply() {
        return read(at.supply)
      },
      get wanted() {
        return read(at.wanted)
      },
      get return() {
        return read(at.return)
      },
      get flow() {
        return read(at.flow)
      },
      get head() {
        return read(at.head)
      },
      get pumpPower() {
        return read(at.pumpPower)
      },
      get pumpRuns() {
        return !tripped
      },
      get makeUp() {
        return read(at.makeUp)
      },
      get losses() {
        return read(at.losses)
      },
      get lowest() {
        return read(at.lowest)
      },
    },
    pump(seconds, worst) {
      const target = tripped ? 0 : Math.min(worst + keptDp, greatestHead)
      const head = settled(read(at.head) + (target - read(at.head)) * (1 - Math.exp(-seconds / (tripped ? runDown : pumpLag))))
      memory[at.head] = head
      return head
    },
    fire(seconds, wanted) {
      const minutes = seconds / 60
      const undisturbed = towards(read(at.undisturbed), wanted, ramp * minutes)
      const dropped = towards(read(at.dropped), drop, failing * minutes)
      memory[at.wanted] = wanted
      memory[at.undisturbed] = undisturbed
      memory[at.dropped] = dropped
      return (memory[at.supply] = undisturbed - dropped)
    },
    account(seconds, flow, home, returnHeat, losses, shrinking) {
      const contraction = read(at.contraction) + (shrinking - read(at.contraction)) * (1 - Math.exp(-seconds / vesselLag))
      const missing = flow - home
      memory[at.contraction] = contraction
      memory[at.flow] = flow
      memory[at.losses] = losses
      memory[at.makeUp] = missing + Math.max(0, contraction)
      if (home > 0) memory[at.return] = returnHeat / home
      memory[at.power] = (heatCapacity / 1000) * (flow * read(at.supply) - returnHeat - missing * makeUpTemperature)
      memory[at.pumpPower] = tripped ? 0 : (flow * read(at.head) * 100) / (density * pumpEfficiency)
    },
    setLowest(dp) {
      memory[at.lowest] = dp
    },
    setPumpTripped(now) {
      tripped = now
    },
    setSupplyDrop(kelvin) {
      drop = kelvin
    },
  }
}

/** What dies away ends at 0 and not among numbers too small to be worked with at full speed. */
export function settled(value: number): number {
  return value < 1e-12 ? 0 : value
}

function towards(from: number, to: number, most: number): number {
  return from + Math.min(Math.max(to - from, -most), most)
}
