import { clamp } from './noise.ts'
import type { House } from './house.ts'
import type { Memory } from './memory.ts'
import type { Outside } from './climate.ts'

/** Heat from people and machines, W/m²; glass that the sun comes through, m² for a m² of floor. */
const people = 3.5
const glass = 0.0375

/** When people are there: 0.4…1.4 by hour of the day (0…24) and whether it is a working day. */
function presence({ kind }: House, hour: number, working: boolean): number {
  if (kind === 'school' || kind === 'office') return working && hour >= 7 && hour < 17 ? 1.6 : 0.3
  return hour < 6 ? 0.7 : hour < 17 ? 0.9 : hour < 23 ? 1.4 : 0.8
}

export type Buildings = {
  /** °C of the rooms and of the walls. */
  readonly air: Float64Array
  readonly mass: Float64Array
  /** J that came from the radiators since the last step. */
  readonly heated: Float64Array
  begin(house: number, outdoor: number): void
  step(house: number, seconds: number, around: Outside, hour: number, working: boolean): void
  /** W that the house gives to outside and draught. */
  lost(house: number, outdoor: number): number
}

/** Rooms and walls: two capacities, heat through walls and with air; steps of up to 180 s. */
export function createBuildings(houses: readonly House[], memory: Memory): Buildings {
  const air = memory.column(houses.length)
  const mass = memory.column(houses.length)
  const heated = memory.column(houses.length)
  /** Windows stand open when it is too warm. */
  const draught = (house: House, room: number) => house.ventilation * (1 + 9 * clamp((room - 23.5) / 2, 0, 1))
  return {
    air,
    mass,
    heated,
    begin(i, outdoor) {
      const house = houses[i] as House
      air[i] = house.thermostat
      mass[i] = house.thermostat - ((house.thermostat - outdoor) * house.outside) / (house.outside + house.inside)
    },
    step(i, seconds, { outdoor, sun }, hour, working) {
      const house = houses[i] as House
      const room = air[i] as number
      const wall = mass[i] as number
      const blinds = 1 - 0.7 * clamp((room - 22) / 2, 0, 1)
      const inner =
        house.area * (people * house.gains * presence(house, hour, working) + glass * sun * blinds) +
        draught(house, room) * (outdoor - room) +
        house.inside * (wall - room)
      air[i] = room + (inner * seconds + (heated[i] as number)) / house.air
      mass[i] = wall + ((house.inside * (room - wall) + house.outside * (outdoor - wall)) * seconds) / house.mass
      heated[i] = 0
    },
    lost(i, outdoor) {
      const house = houses[i] as House
      const room = air[i] as number
      return draught(house, room) * (room - outdoor) + house.outside * ((mass[i] as number) - outdoor)
    },
  }
}
