import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { paramsOf } from '#shared/simulator/faults.ts'
import { shippedProfiles } from '../src-worker/simulator/testing/demo-town.ts'
import { foreignClient } from '../src-worker/simulator/testing/foreign-client.ts'
import { readCommand } from './simulate-command.ts'

const program = join(import.meta.dirname, 'simulate.ts')
const usual = 'danfoss/ecl310-a266.1'

type Head = { host: string; unit: number; ports: number[]; stations: { name: string; profile: string; port: number }[] }

function simulate(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: string[] = []
  const hearers = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const hear of hearers) hear()
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const line = (fits: (text: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      const hear = () => {
        const found = lines.find(fits)
        if (found !== undefined) resolve(found)
      }
      hearers.add(hear)
      hear()
      void ended.then((code) => reject(new Error(`ended with ${code}: ${errors}`)))
    })
  return { child, ended, line, head: async () => JSON.parse(await line((text) => text.startsWith('{'))) as Head, errors: () => errors }
}

function addressOf(profile: string, id: string): number {
  return shippedProfiles()
    .find((one) => one.id === profile)
    ?.points.find((point) => point.id === id)?.address as number
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'simulate-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

describe('npm run simulate', () => {
  test('serves stations to any Modbus client, tells their state, and leaves the truth behind', async () => {
    const truth = join(folder(), 'truth.csv')
    const faults = ['bypass:S2:share=40', 'leak:n1:flow=1.5'].flatMap((fault) => ['--fault', fault])
    const fleet = simulate(
      '--stations',
      '5',
      '--speed',
      '60',
      '--start',
      '2026-01-15T06:00Z',
      '--every',
      '0.3',
      '--truth',
      truth,
      ...faults,
    )
    const { host, unit, ports, stations } = await fleet.head()
    expect({ host, unit }).toEqual({ host: '127.0.0.1', unit: 1 })
    expect(stations.map(({ name, profile }) => [name, profile])).toEqual([1, 2, 3, 4, 5].map((i) => [`S${i}`, usual]))
    const client = await foreignClient(ports[3] ?? 0)
    const { data } = await client.readHoldingRegisters(addressOf(usual, 'identity.serial'), 2)
    expect((data[0] ?? 0) * 65_536 + (data[1] ?? 0)).toBe(500_004)
    client.destroy(() => undefined)
    const told = await fleet.line((text) => text.includes('faults 2') && text.includes('plant'))
    expect(told).toMatch(/^2026-01-15T06:\d\d:\d\dZ 60x \| outdoor -?\d+\.\d °C \| plant \d+ kW, \d+\.\d\/\d+\.\d °C/)
    fleet.child.kill('SIGINT')
    expect(await fleet.ended).toBe(0)
    const [, bypass, leak] = readFileSync(truth, 'utf8').split('\r\n')
    expect(bypass).toMatch(/^f1,bypass,S2,,share=40,2026-01-15T06:00:\d\d\.\d{3}Z,$/)
    expect(leak).toMatch(/^f2,leak,n1,,flow=1.5,/)
  })

  test('deals controllers of several makers by their shares, on the ports that are told, and ends with its input', async () => {
    const base = await freeRow(6)
    const fleet = simulate('--stations', '6', '--mix', 'a266.1=3,trovis-5573=2,ecl220-p266=1', '--base-port', String(base), '--every', '0')
    const { stations, ports } = await fleet.head()
    expect(ports).toEqual([0, 1, 2, 3, 4, 5].map((i) => base + i))
    const counts = new Map<string, number>()
    for (const { profile } of stations) counts.set(profile, (counts.get(profile) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toEqual({ [usual]: 3, 'samson/trovis-5573': 2, 'danfoss/ecl220-p266': 1 })
    fleet.child.stdin.end()
    expect(await fleet.ended).toBe(0)
  })

  test('names a target that is not there and a port that is taken, and ends with 2', async () => {
    const lost = simulate('--stations', '2', '--fault', 'bypass:S3')
    expect(await lost.ended).toBe(2)
    expect(lost.errors()).toBe('--fault: there is no station "S3"; stations are called S1 to S2\n')
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const late = simulate('--stations', '1', '--base-port', String(port))
    expect(await late.ended).toBe(2)
    expect(late.errors()).toContain(`port ${port} is used by another program`)
    taken.close()
  })
})

/** First of `count` ports in a row that nobody has now. */
async function freeRow(count: number): Promise<number> {
  for (let base = 21_000 + (process.pid % 20_000); ; base += count) {
    const servers = Array.from({ length: count }, (_, i) => createServer().listen(base + i, '127.0.0.1'))
    const got = await Promise.all(
      servers.map((server) => Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)])),
    )
    await Promise.all(servers.filter((_, i) => got[i]).map((server) => once(server.close(), 'close')))
    if (got.every(Boolean)) return base
  }
}

describe('its command line', () => {
  const read = (...argv: string[]) => readCommand(argv, import.meta.dirname, shippedProfiles())

  test('asks for 100 stations at the usual pace, now, on loopback, when nothing is told', () => {
    const command = read()
    expect(command?.opening).toMatchObject({ host: '127.0.0.1', ports: null, speed: 1 })
    expect(command?.opening.stations).toHaveLength(100)
    expect(command).toMatchObject({ faults: [], start: undefined, past: 0, every: 5, truth: undefined })
    expect(read('--help')).toBeNull()
  })

  test('makes the same town of the same seed and another of another', () => {
    const town = (seed: string) => read('--stations', '60', '--seed', seed)?.opening.stations
    expect(town('7')).toEqual(town('7'))
    expect(town('8')?.map(({ building }) => building)).not.toEqual(town('7')?.map(({ building }) => building))
    expect(new Set(town('7')?.map(({ zone }) => zone))).toEqual(new Set(['Z1', 'Z2']))
  })

  test('takes faults with their usual parameters where none is told', () => {
    expect(read('--fault', 'supplyDropped:plant', '--fault', 'nightStop:S1:from=20:to=5')?.faults).toEqual([
      { kind: 'supplyDropped', target: 'plant', params: paramsOf('supplyDropped') },
      { kind: 'nightStop', target: 'S1', params: { from: 20, to: 5 } },
    ])
  })

  test('takes times in UTC where no zone is told', () => {
    expect(read('--start', '2026-01-15')?.start).toBe(Date.UTC(2026, 0, 15))
    expect(read('--start', '2026-01-15T06:30')?.start).toBe(Date.UTC(2026, 0, 15, 6, 30))
    expect(read('--start', '2026-01-15T06:30+02:00')?.start).toBe(Date.UTC(2026, 0, 15, 4, 30))
  })

  test('takes a scenario file as it is', () => {
    const command = read('--scenario', '../resources/scenarios/demo-town.json')
    expect(command?.opening.stations.length).toBeGreaterThanOrEqual(24)
    expect(command?.opening.town?.nodes.length).toBeGreaterThan(10)
    expect(() => read('--scenario', '../resources/scenarios/demo-town.json', '--stations', '5')).toThrow(
      '--stations does not go with --scenario',
    )
  })

  test.each([
    [['--stations', '0'], '--stations takes a number from 1 to 10000, not "0"'],
    [['--stations', '2.5'], '--stations takes a whole number'],
    [['--speed', '601'], '--speed takes a number from 0 to 600, not "601"'],
    [['--speed', '-1'], '--speed'],
    [['--fault', 'bypas:S1'], '--fault: there is no kind "bypas"; there are heatingValveStuck'],
    [['--fault', 'leak'], '--fault leak needs a node, such as leak:n1'],
    [['--fault', 'bypass:S1:share=200'], 'share 200 is not within 1 to 100'],
    [['--fault', 'bypass:S1:shares=20'], 'bypass has no parameter shares'],
    [['--fault', 'bypass:S1:share=x'], '"share=x" is not NAME=VALUE'],
    [['--mix', 'trovis'], '--mix: there is no profile "trovis"; there are'],
    [['--mix', 'a266.1=0'], '--mix a266.1 takes a number'],
    [['--start', '2026-13-40'], '--start takes a time such as'],
    [['--base-port', '65500'], '--base-port takes a number from 1 to 65434'],
    [['--host', 'everywhere'], '--host takes an IP address of this machine'],
    [['--scenario', 'nowhere.json'], 'there is no file'],
    [['--truth', 'no/folder/truth.csv'], '--truth: there is no folder'],
    [['--quickly'], '--quickly'],
    [['town'], 'town'],
  ])('refuses %j', (argv, message) => {
    expect(() => read(...argv)).toThrow(message)
  })

  test('names what is wrong in a scenario file', () => {
    const path = join(folder(), 'bad.json')
    writeFileSync(path, '{ "name": "x", "climate": {}, "stations": [] }')
    expect(() => read('--scenario', path)).toThrow(/bad\.json: scenario: [\s\S]*stations/)
    writeFileSync(path, 'not json')
    expect(() => read('--scenario', path)).toThrow('cannot be read as JSON')
  })
})
