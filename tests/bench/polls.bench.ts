import { plan, type Block } from '#shared/devices/plan.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { benchProfile } from './acquire.ts'
import { naive, ours, readPoints, show, type Figures } from './flat-out.ts'
import { startFleet } from './fleet-program.ts'
import { sleep } from './measure.ts'
import { naiveClient } from './naive-client.ts'

/**
 * Polls per second, flat out: every measured and state point of every controller of the fleet (its own process, loopback), read
 * again and again, in one thread. Ours beside modbus-serial used naively on the same register blocks. The two take turns; medians
 * of the rounds. CPU is that of the whole reading process.
 */
const rounds = 3
const secondsEach = 5
const sizes = [200, 1000]

const profile = benchProfile()
for (const size of sizes) {
  const { ports, program } = await startFleet(size)
  const unserved = (profile.unserved ?? []).map((number) => ({ area: 'holding' as const, address: number - profile.firstRegister }))
  const blocks = await servedBlocks(profile, unserved, ports[0] as number)
  const runs: { ours: Figures[]; naive: Figures[] } = { ours: [], naive: [] }
  for (let round = 0; round < rounds; round++) {
    runs.ours.push(await ours(profile, ports, secondsEach))
    await sleep(1000)
    runs.naive.push(await naive(blocks, ports, secondsEach))
    await sleep(1000)
  }
  show(`${size} controllers, Hearthgrid (${readPoints(profile).length} points decoded)`, runs.ours)
  show(`${size} controllers, modbus-serial naive (${blocks.length} blocks)`, runs.naive)
  await program.stop()
}

/** The same register blocks that ours reads: what the fleet serves, found out once. */
async function servedBlocks(from: FlatProfile, unserved: { area: 'holding'; address: number }[], port: number): Promise<Block[]> {
  const client = await naiveClient(port)
  const holes = [...unserved]
  for (const { address, area } of readPoints(from)) {
    await client.readHoldingRegisters(address, 1).catch(() => holes.push({ area: area as 'holding', address }))
  }
  await new Promise<void>((resolve) => client.close(() => resolve()))
  return plan(readPoints(from), from.limits, holes)
}
process.exit(0)
