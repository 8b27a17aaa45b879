import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { plainStation } from './testing/demo-town.ts'
import { foreignClient } from './testing/foreign-client.ts'

const program = fileURLToPath(new URL('../../tests/bench/fleet.ts', import.meta.url))
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

async function startFleet(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  open.push({ close: () => child.kill('SIGKILL') })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, ports: (JSON.parse(line) as { ports: number[] }).ports }
}

async function client(port: number | undefined) {
  const one = await foreignClient(port ?? 0)
  open.push({ close: () => one.destroy(() => undefined) })
  return one
}

const addressOf = (id: string) => plainStation().profile.points.find((point) => point.id === id)?.address ?? Number.NaN

test('200 controllers answer, each with its own serial number, and all end when standard input closes', async () => {
  const { child, ports } = await startFleet('--stations', '200')
  expect(new Set(ports).size).toBe(200)
  for (const i of [0, 1, 77, 199]) {
    const one = await client(ports[i])
    expect((await one.readHoldingRegisters(addressOf('identity.serial'), 2)).data).toEqual([0, i + 1])
    expect((await one.readHoldingRegisters(addressOf('circuit1.slope'), 1)).data).toEqual([12])
    one.destroy(() => undefined)
  }
  const ended = once(child, 'exit')
  child.stdin.end()
  expect(await ended).toEqual([0, null])
})

test('the last of them are dead when asked for: they accept and never answer', async () => {
  const { ports } = await startFleet('--stations', '3', '--dead', '1')
  const alive = await client(ports[1])
  expect((await alive.readHoldingRegisters(addressOf('identity.address'), 1)).data).toEqual([1])
  const dead = await client(ports[2])
  dead.setTimeout(200)
  await expect(dead.readHoldingRegisters(addressOf('identity.address'), 1)).rejects.toThrow(/timed out/i)
})

test('values stand still unless they are told to move', async () => {
  const read = async (...args: string[]) => {
    const { ports } = await startFleet('--stations', '1', ...args)
    const one = await client(ports[0])
    const seen = new Set<string>()
    const begin = Date.now()
    while (Date.now() - begin < 2_500 && seen.size < 2) {
      seen.add((await one.readHoldingRegisters(addressOf('outdoor'), 6)).data.join())
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return seen.size
  }
  expect(await Promise.all([read(), read('--move')])).toEqual([1, 2])
})

test('an argument that is not a number is refused', async () => {
  const child = spawn(process.execPath, [program, '--stations', 'many'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  expect((await once(child, 'close'))[0]).toBe(1)
  expect(said).toContain('--stations takes a whole number, not many')
})
