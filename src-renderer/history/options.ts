import type { Address } from '../address.ts'

/** What is drawn beside the chosen lines. `past`: the same local days a year before. */
export type ChartOptions = { references: boolean; changes: boolean; alarms: boolean; limits: boolean; past: boolean }

export const optionNames = ['references', 'changes', 'alarms', 'limits', 'past'] as const
/** What goes with values that come in. */
export const liveOptionNames = ['references', 'changes', 'alarms'] as const
const standing: ChartOptions = { references: true, changes: true, alarms: true, limits: false, past: false }

/** The options as the address has them; what it does not name is as it stands. */
export function optionsOf(address: Address): ChartOptions {
  const on = (name: keyof ChartOptions) => (address[name] === undefined ? standing[name] : address[name] === 'on')
  return { references: on('references'), changes: on('changes'), alarms: on('alarms'), limits: on('limits'), past: on('past') }
}

/** One option as a word of the address. */
export function optionWord(name: keyof ChartOptions, on: boolean): Address {
  return { [name]: on === standing[name] ? undefined : on ? 'on' : 'off' }
}
