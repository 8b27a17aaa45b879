import type { Dice } from './dice.ts'
import type { House } from './house.ts'

/** Taps opened by a flat in a mean hour, s that one stays open, kg/s that it draws: about 155 l a flat and day. */
const opened = 0.65
const meanOpen = 90
export const tapFlow = 0.11
/** kg/s of circulation for a flat. */
export const circulationFlow = 0.0042
export const coldWater = 10

/** Taps that are open in a house after a step: people open them by the hour of the day, each is closed by chance. */
export function tapsAfter(open: number, house: House, index: number, dice: Dice, likely: number, seconds: number): number {
  const closes = 1 - Math.exp(-seconds / meanOpen)
  let left = open
  for (let tap = 0; tap < open; tap++) if (dice.roll(index) < closes) left--
  // A tap stays open for whole steps: fewer are opened in longer ones, so that as much is drawn.
  const openings = (house.flats * house.waterUse * opened * likely * closes * meanOpen) / 3_600
  return left + dice.count(index, openings)
}
