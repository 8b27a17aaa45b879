import type { Ailments } from './ailments.ts'
import { heatCapacity } from './water.ts'
import type { Dice } from './dice.ts'
import type { House } from './house.ts'
import type { Memory } from './memory.ts'
import { clamp } from './noise.ts'
import { circulationFlow, coldWater, tapFlow, tapsAfter } from './taps.ts'

/** s in which the primary flow follows the need. */
const follows = 12
/** kg/s that are no flow any more. */
const nothing = 1e-9
/** K that the circulation loses in the pipes of a house. */
const circulationDrop = 5
/** l of tank for a flat; K around the reference at which charging starts and ends. */
const tankSize = 40
const charge = 3

export type HotWater = {
  /** °C of the water that leaves, of the primary return; kg/s; W. */
  readonly flow: Float64Array
  readonly primaryReturn: Float64Array
  readonly primary: Float64Array
  readonly heat: Float64Array
  readonly opening: Float64Array
  readonly moved: Float64Array
  begin(house: number): void
  step(
    house: number,
    ill: Ailments,
    makes: boolean,
    still: boolean,
    reference: number,
    supply: number,
    dp: number,
    likely: number,
    seconds: number,
  ): void
  hold(house: number, shift: number): void
  release(house: number): void
}

/** Hot water at once or from a tank, with circulation: what people draw is heated as far as the exchanger and the supply allow. */
export function createHotWater(houses: readonly House[], dice: Dice, memory: Memory): HotWater {
  const column = () => memory.column(houses.length)
  const flow = column()
  const primaryReturn = column()
  const primary = column()
  const heat = column()
  const opening = column()
  const moved = column()
  const taps = column()
  const upper = column()
  const lower = column()
  const charging = column()
  const heldAt = column()

  /** What the water of the house takes from its exchanger: wanted heat W, flow kg/s and temperature there. */
  const need = { heat: 0, flow: 0, entry: 0 }

  const direct = (i: number, drawn: number, round: number, reference: number) => {
    need.flow = drawn + round
    need.entry = need.flow > 0 ? (drawn * coldWater + round * ((flow[i] as number) - circulationDrop)) / need.flow : coldWater
    need.heat = need.flow * heatCapacity * (reference - need.entry)
  }

  const fromTank = (i: number, house: House, drawn: number, round: number, reference: number, seconds: number) => {
    const half = (tankSize * house.flats) / 2
    const top = upper[i] as number
    const bottom = lower[i] as number
    // Draw-off and circulation push water up; circulation comes back cooler.
    const push = (drawn + round) * seconds
    const back = (drawn * coldWater + round * (top - circulationDrop)) * seconds
    upper[i] = top + clamp(push / half, 0, 1) * (bottom - top)
    lower[i] = bottom + clamp(back - push * bottom, -half * 100, half * 100) / half
    if (top < reference - charge) charging[i] = 1
    else if (bottom > reference + charge) charging[i] = 0
    need.flow = charging[i] === 1 ? (0.4 * house.water) / (heatCapacity * 20) : 0
    need.entry = lower[i] as number
    need.heat = need.flow * heatCapacity * (reference + charge + 3 - need.entry)
  }

  return {
    flow,
    primaryReturn,
    primary,
    heat,
    opening,
    moved,
    begin(i) {
      flow[i] = upper[i] = lower[i] = 52
      primaryReturn[i] = 40
    },
    step(i, ill, makes, still, reference, supply, dp, likely, seconds) {
      const house = houses[i] as House
      taps[i] = tapsAfter(taps[i] as number, house, i, dice, likely, seconds)
      const drawn = (taps[i] as number) * tapFlow
      const round = makes && !still ? house.flats * Math.max(0.25, house.waterUse) * circulationFlow * ill.circulation : 0
      if (house.tank) fromTank(i, house, drawn, round, reference, seconds)
      else direct(i, drawn, round, reference)
      const most = house.water * clamp((supply - reference) / 8, 0, 1)
      const asked = makes ? clamp(need.heat, 0, most) : 0
      const out = Math.min(need.entry + 3 + (10 * asked) / house.water, supply - 2)
      const room = Math.sqrt(clamp((dp - 0.1) / 0.3, 0, 1))
      const least = heldAt[i] === 0 ? 0 : (heldAt[i] as number) * house.waterPrimary
      const enough = asked > 0 ? asked / (heatCapacity * (supply - out)) : 0
      // A valve that cannot reach its reference opens, and so brings the hot water of the network nearer.
      const short = makes && need.heat > asked ? 0.5 * house.waterPrimary * (1 - asked / need.heat) : 0
      const goal = clamp(enough + short, least, Math.max(least, 1.5 * house.waterPrimary)) * room
      const was = primary[i] as number
      const next = was + (goal - was) * (1 - Math.exp(-seconds / follows))
      // Nothing dies away into numbers that are slow to calculate with.
      const m1 = next < nothing ? 0 : next
      const takes = Math.max(0, need.flow * heatCapacity * (supply - 3 - need.entry))
      const given = Math.min(m1 * heatCapacity * Math.max(0, supply - out), takes)
      primary[i] = m1
      heat[i] = given
      primaryReturn[i] = m1 > 1e-6 ? supply - given / (m1 * heatCapacity) : (primaryReturn[i] as number)
      moved[i] = (m1 - was) / house.waterPrimary
      opening[i] = clamp(m1 / (1.5 * house.waterPrimary), 0, 1)
      if (house.tank) {
        lower[i] = (lower[i] as number) + (given * seconds) / (heatCapacity * ((tankSize * house.flats) / 2))
        if ((lower[i] as number) > (upper[i] as number)) lower[i] = upper[i] = ((lower[i] as number) + (upper[i] as number)) / 2
        flow[i] = upper[i] as number
      } else if (need.flow > 1e-6) {
        // The water in exchanger and pipe is changed within some ten seconds.
        const leaves = need.entry + given / (need.flow * heatCapacity)
        flow[i] = (flow[i] as number) + (leaves - (flow[i] as number)) * (1 - Math.exp(-seconds / 10))
      } else flow[i] = (flow[i] as number) + (house.cellar - (flow[i] as number)) * (1 - Math.exp(-seconds / 5_400))
    },
    hold(i, shift) {
      if (heldAt[i] === 0) heldAt[i] = Math.max(0.02, clamp((opening[i] as number) + shift, 0, 1))
    },
    release(i) {
      heldAt[i] = 0
    },
  }
}
