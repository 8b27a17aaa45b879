import type { Random } from './disk/cache.ts'

/** Everything by chance follows from this number, which is told with each test, so that a failure can be repeated. */
export const seed = Number(process.env.CHAOS_SEED ?? Math.floor(performance.timeOrigin) % 1_000_000)

/** How many rounds, images or damages: those of a short run, or what the variable asks for. */
export function rounds(variable: string, few: number): number {
  const asked = Number(process.env[variable] ?? few)
  if (!Number.isInteger(asked) || asked < 1) throw new Error(`${variable} is no number of rounds`)
  return asked
}

export function randomFrom(start: number): Random {
  let state = (start % 2_147_483_646) + 1
  for (let i = 0; i < 5; i++) state = (state * 48_271) % 2_147_483_647
  return (limit) => (state = (state * 48_271) % 2_147_483_647) % limit
}
