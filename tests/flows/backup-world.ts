import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { toBatch } from '#shared/reading.ts'
import type { Serving } from '../../src-main/serve.ts'
import { eventually, newFolder, quarterHour, startWorld } from './world.ts'

export const from = Date.UTC(2026, 8, 30, 12)

/** Quarter hours of 40 series over the end of a month, each value its own. */
const rounds = (first: number, count: number) =>
  toBatch(
    Array.from({ length: 40 * count }, (_, i) => {
      const round = first + Math.floor(i / 40)
      return { series: 1 + (i % 40), at: from + round * quarterHour, value: round + (i % 40) / 7, quality: 'good' as const }
    }),
  )

export const store = (serving: Serving, first: number, count: number) => serving.host.workers.history.call.append(rounds(first, count))

export type World = Awaited<ReturnType<typeof startWorld>>

/** Makes a backup and answers how things are when it has ended. */
export async function backedUp(world: World) {
  await world.call('backups.run', {})
  return await eventually(
    () => world.call('backups.status', {}),
    ({ run }) => run?.state !== 'running',
  )
}

/** The folder of the only installation that has backups there. */
export function storeOf(target: string): string {
  const [name = ''] = readdirSync(target).filter((one) => one.startsWith('Hearthgrid-'))
  return join(target, name)
}

export async function worldWithBackups({ target = newFolder(), clock = Date.now }: { target?: string; clock?: () => number } = {}) {
  const world = await startWorld({ clock })
  await world.call('backups.configure', { folder: target, at: '02:30', kept: { daily: 7, weekly: 4, monthly: 12 } })
  return { ...world, target }
}
