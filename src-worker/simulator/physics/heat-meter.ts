import type { Ailments } from './ailments.ts'
import { density, heatCapacity } from './water.ts'
import type { House } from './house.ts'
import type { Memory } from './memory.ts'
import type { MeterState } from './state.ts'

const joulesPerKwh = 3.6e6

/** Heat meters on the primary side. They integrate the same heat that the exchangers take; what they show is latched. */
export type HeatMeters = {
  begin(house: number): void
  /** `flow` kg/s, °C. */
  step(house: number, ill: Ailments, flow: number, supply: number, returned: number, seconds: number): void
  latch(house: number): void
  /** Another meter takes the place; its energy begins at so many kWh. */
  swap(house: number, energy: number): void
  swapped(house: number): void
  state(house: number, ill: Ailments): MeterState
}

export function createMeters(houses: readonly House[], memory: Memory): HeatMeters {
  const column = () => memory.column(houses.length)
  const names = ['energy', 'volume', 'energyIn', 'energyOut', 'hours'] as const
  const counted = Object.fromEntries(names.map((name) => [name, column()])) as Record<(typeof names)[number], Float64Array>
  const shown = Object.fromEntries(names.map((name) => [name, column()])) as Record<(typeof names)[number], Float64Array>
  const [flow, supply, returned, power] = [column(), column(), column(), column()]
  const latched = { flow: column(), supply: column(), returned: column(), power: column() }
  const swaps = column()
  const pending = column()
  const add = (of: Float64Array, i: number, more: number) => {
    of[i] = (of[i] as number) + more
  }
  const latch = (i: number) => {
    for (const name of names) shown[name][i] = counted[name][i] as number
    latched.flow[i] = flow[i] as number
    latched.supply[i] = supply[i] as number
    latched.returned[i] = returned[i] as number
    latched.power[i] = power[i] as number
  }
  return {
    begin(i) {
      const { design, seed } = houses[i] as House
      // As if it had counted for 2 to 8 years before.
      const years = 2 + (seed % 61) / 10
      const energy = Math.round((design / 1000) * 2_000 * years)
      const volume = energy / (1.137 * 40)
      counted.energy[i] = energy
      counted.volume[i] = volume
      counted.energyIn[i] = volume * 77
      counted.energyOut[i] = volume * 37
      counted.hours[i] = Math.round(years * 8_766)
      latch(i)
    },
    step(i, ill, mass, hot, cold, seconds) {
      const back = cold + ill.meterReturn
      const seen = ill.meterStuck ? 0 : mass
      const heat = seen * heatCapacity * Math.max(0, hot - back)
      const water = (seen * seconds) / density
      flow[i] = seen
      supply[i] = hot
      returned[i] = back
      power[i] = heat
      add(counted.energy, i, (heat * seconds) / joulesPerKwh)
      add(counted.volume, i, water)
      add(counted.energyIn, i, water * hot)
      add(counted.energyOut, i, water * back)
      add(counted.hours, i, seconds / 3_600)
    },
    latch,
    swap(i, energy) {
      if (pending[i] === 1) return
      pending[i] = 1
      swaps[i] = (swaps[i] as number) + 1
      counted.energy[i] = energy
      for (const name of ['volume', 'energyIn', 'energyOut', 'hours'] as const) counted[name][i] = 0
      latch(i)
    },
    swapped(i) {
      pending[i] = 0
    },
    state(i, ill) {
      const { seed } = houses[i] as House
      const serial = 60_000_000 + ((seed * 7_919 + (swaps[i] as number) * 1_371) % 9_999_999)
      const live = ill.zeroes ? 0 : 1
      return {
        serial,
        energy: ((shown.energy[i] as number) % ill.rollover) * live,
        volume: (shown.volume[i] as number) * live,
        energyIn: (shown.energyIn[i] as number) * live,
        energyOut: (shown.energyOut[i] as number) * live,
        power: ill.spike > 0 ? ill.spike : ((latched.power[i] as number) / 1000) * live,
        flow: (((latched.flow[i] as number) * 3_600) / density) * live,
        flowTemperature: (latched.supply[i] as number) * live,
        returnTemperature: (latched.returned[i] as number) * live,
        hours: shown.hours[i] as number,
        fault: ill.meterStuck || ill.zeroes,
        gigajoules: ill.gigajoules,
      }
    },
  }
}
