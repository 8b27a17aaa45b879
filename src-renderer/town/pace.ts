/** How fast simulated time may run, simulated seconds a second; 0: it rests. */
export const paces = [0, 1, 10, 60, 600] as const

/** How far one jump leads, h. */
export const jumps = [1, 6, 24, 168, 720] as const

/** The paces to choose from; one that a scenario or another program has set stands among them. */
export function pacesWith(speed: number): number[] {
  return [...new Set([...paces, speed])].sort((a, b) => a - b)
}

const least = 90_000

/** Whether the town's present is no longer that of the machine: more than a few polls apart. */
export function isOwnTime(aheadMs: number): boolean {
  return Math.abs(aheadMs) >= least
}
