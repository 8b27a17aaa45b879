import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCommand, tableOf } from '../../build/try.ts'
import { tryProfile } from '../../src-worker/acquisition/try.ts'
import { newFolder, profiles, startControllers } from './world.ts'

const root = join(import.meta.dirname, '../..')

function run(...args: string[]): Promise<{ code: number | null; out: string; trouble: string }> {
  const child = spawn(process.execPath, ['build/try.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, trouble] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (trouble += data.toString()))
  return new Promise((done) => child.on('close', (code) => done({ code, out, trouble })))
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('every point of a profile is read once', () => {
  test('at a simulated controller: number, words, value, unit and quality of each', async () => {
    const { ports } = await startControllers()
    const { code, out } = await run('danfoss/ecl310-a266.1', '--host', '127.0.0.1', '--port', String(ports[0]))
    expect(code).toBe(0)
    expect(out).toMatch(/^outdoor +10201 +\d+ +-?\d+\.\d+ +°C +good$/m)
    expect(out).toMatch(/^input9 +10209 +19200 .*fault$/m)
    expect(out).toMatch(/^identity\.applicationType +2061 +266 +266 +good$/m)
    const profile = profiles.find(({ id }) => id === 'danfoss/ecl310-a266.1')
    expect(out).toContain(`${profile?.points.length} points`)
  })

  test('and one that the device does not have says so', async () => {
    const { ports } = await startControllers()
    const [port = 0] = ports
    const profile = profiles.find(({ id }) => id === 'danfoss/ecl310-a266.1')
    const [outdoor] = profile?.points.filter(({ id }) => id === 'outdoor') ?? []
    if (!profile || !outdoor) throw new Error('the A266.1 profile has no outdoor temperature')
    const probed = { ...profile, points: [outdoor, { ...outdoor, id: 'lost', number: 4050, address: 4049 }] }
    const { rows } = await tryProfile(probed, { host: '127.0.0.1', port, unit: 1 }, { clock: Date.now })
    expect(tableOf(probed, rows).split('\n').at(-1)).toMatch(/^lost +4050 +device\.exception 2$/)
  })

  test('nothing there ends with code 1 and its reason', async () => {
    const answer = await run('danfoss/ecl310-a266.1', '--host', '127.0.0.1', '--port', String(await closedPort()))
    expect(answer).toMatchObject({ code: 1, out: '', trouble: expect.stringContaining('device.refused') as string })
  })

  test('a wrong command ends with code 2', async () => {
    expect(await run('danfoss/ecl310-a266.1')).toMatchObject({ code: 2, trouble: expect.stringContaining('--host is missing') as string })
  })
})

describe('the command', () => {
  const folder = newFolder()

  test.each([
    [['nothing/there', '--host', 'x'], 'there is no profile'],
    [['ecl310-a266', '--host', 'x'], 'danfoss/ecl310-a266.1'],
    [['danfoss/ecl-comfort', '--host', 'x', '--port', '70000'], '--port takes a number'],
    [['danfoss/ecl-comfort', '--host', 'x', '--way', 'smoke'], '--way takes one of'],
    [['danfoss/ecl-comfort', '--host', '/dev/ttyUSB0', '--way', 'modbus-serial'], 'needs its line'],
    [['danfoss/ecl-comfort', '--host', 'x', '--serial', '19200'], '--serial takes'],
    [['missing.json', '--host', 'x'], 'missing.json'],
    [['danfoss/ecl-comfort', '--wrong'], 'Unknown option'],
  ])('%j is refused', (argv, told) => {
    expect(() => readCommand(argv, folder)).toThrow(told)
  })

  test('names a serial line', () => {
    const argv = ['danfoss/ecl-comfort', '--host', '/dev/ttyUSB0', '--way', 'modbus-serial', '--serial', '38400-8E1', '--unit', '5']
    const serial = { baud: 38400, parity: 'even', stop: 1 }
    expect(readCommand(argv, folder).address).toMatchObject({ host: '/dev/ttyUSB0', port: 0, unit: 5, way: 'modbus-serial', serial })
  })

  test('takes a file of one’s own', () => {
    const own = { maker: 'Acme', model: 'One', title: 'x', source: 'x', proven: 'table', protocol: 'modbus', firstRegister: 0 }
    const rest = {
      limits: { block: 9, gap: 0, functions: [3] },
      detect: {},
      key: [],
      samples: [],
      points: { a: { at: 1, role: 'measure' } },
    }
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...own, ...rest }))
    expect(readCommand(['own.json', '--host', 'x'], folder)).toMatchObject({
      profile: { maker: 'Acme' },
      address: { host: 'x', port: 502, unit: 1, way: 'modbus-tcp' },
    })
  })
})
