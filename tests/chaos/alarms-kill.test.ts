import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { ruleOf } from '../flows/alarm-rule.ts'
import { AlarmHouses } from './alarm-houses.ts'
import { randomFrom, rounds, seed } from './chance.ts'

// CHAOS_ALARM_KILLS: how often the program is killed (6).
const kills = rounds('CHAOS_ALARM_KILLS', 6)

test(
  `no alarm that was seen and no acknowledgement is lost or doubled by ${kills} kills (CHAOS_SEED=${seed})`,
  { timeout: 300_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chaos-alarms-'))
    const world = new AlarmHouses(folder)
    onTestFinished(async () => {
      await world.kill()
      await rm(folder, { recursive: true })
    })
    const random = randomFrom(seed)
    await world.start()
    await world.settle()
    await world.call('alarms.addRule', { content: ruleOf() })
    const seen = new Set<string>()
    const acknowledged = new Set<string>()

    /** Values come, somebody looks and acknowledges, until the program is gone. */
    const live = async () => {
      for (;;) {
        await world.send(() => random(3) === 0)
        const { rows } = await world.call('alarms.list', {})
        for (const { occurrence } of rows) if (occurrence) seen.add(occurrence)
        const some = rows.filter(({ state }) => state === 'unacknowledged' && random(2) === 0)
        if (some.length === 0) continue
        const { skipped } = await world.call('alarms.acknowledge', { ids: some.map(({ id }) => id), comment: 'seen' })
        for (const { id, occurrence } of some) if (occurrence && !skipped.some((one) => one.id === id)) acknowledged.add(occurrence)
      }
    }

    for (let round = 0; round < kills; round++) {
      const living = live().catch((error: unknown) => error)
      await pause(200 + random(600))
      await world.kill()
      expect(await living).toBeInstanceOf(Error)
      await world.start()
      const rows = await historyOf(world)
      const known = new Map(rows.map((row) => [row.id, row]))
      expect([...seen].filter((id) => !known.has(id))).toEqual([])
      expect([...acknowledged].filter((id) => !known.get(id)?.acknowledged)).toEqual([])
      // Each value was sent once: two occurrences of one value would be one alarm raised twice.
      expect(new Set(rows.map(({ value }) => value)).size).toBe(rows.length)
      // What stands in the list is what history says is not over.
      const open = (await world.call('alarms.list', {})).rows
      expect(new Set(open.map(({ occurrence }) => occurrence))).toEqual(new Set(latestOf(rows.filter(({ endedAt }) => endedAt === null))))
    }
    expect(acknowledged.size).toBeGreaterThan(kills)
    console.log(`CHAOS_SEED=${seed}: ${kills} kills, ${seen.size} alarms seen, ${acknowledged.size} acknowledged`)
  },
)

async function historyOf(world: AlarmHouses) {
  const all = []
  for (let before: string | undefined; ;) {
    const { rows, next, total } = await world.call('alarms.history', { from: 0, to: Date.now() + 1000, limit: 1000, before })
    all.push(...rows)
    if (next !== null) {
      before = next
      continue
    }
    expect(all).toHaveLength(total)
    return all
  }
}

/** The last occurrence of each alarm; rows come newest first. */
function latestOf(rows: readonly { id: string; alarm: string }[]): string[] {
  const last = new Map<string, string>()
  for (const { id, alarm } of rows) if (!last.has(alarm)) last.set(alarm, id)
  return [...last.values()]
}
