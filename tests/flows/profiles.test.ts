import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventually, listen, newFolder, startControllers, startWorld } from './world.ts'

const heatOne = {
  maker: 'Acme',
  model: 'Heat One',
  title: 'One heating circuit',
  source: 'Acme, Heat One Modbus list rev. 3',
  proven: 'table',
  protocol: 'modbus',
  firstRegister: 1,
  limits: { block: 50, gap: 0, functions: [3, 4, 6] },
  detect: {},
  points: {
    outdoor: { at: 10201, scale: 0.01, is: 'temperature', role: 'measure', faults: [19200] },
    room: { at: 10209, scale: 0.01, is: 'temperature', role: 'measure', faults: [19200] },
    'oddity.lost': { at: 4050, role: 'measure', title: 'Not there' },
    'circuit1.comfort': { at: 11180, scale: 0.1, is: 'temperature', role: 'setting', write: { min: 5, max: 40, level: 'basic' } },
  },
  key: ['outdoor'],
  samples: [],
}

const save = { name: 'Heat One', document: heatOne }
const id = 'user/acme/heat-one'

describe('device files of an installation', () => {
  test('are checked, kept in the data folder, listed, and there again after a restart', async () => {
    const folder = newFolder()
    const world = await startWorld({ folder })
    expect(await world.call('profiles.save', save)).toMatchObject({ profile: id, own: true, points: 4, found: 'byHand', fault: null })
    expect(JSON.parse(readFileSync(join(folder, 'profiles/acme/heat-one.json'), 'utf8'))).toEqual(heatOne)
    await world.stop()
    const again = await startWorld({ folder })
    expect((await again.call('profiles.list', {})).find(({ profile }) => profile === id)).toMatchObject({ controller: 'Heat One' })
    expect((await again.call('profiles.get', { id })).points.map((point) => point.id)).toEqual(Object.keys(heatOne.points))
    expect(await again.call('profiles.export', { id })).toEqual({ id, document: heatOne })
  })

  test('never replace another by mistake, and leave with what they brought', async () => {
    const world = await startWorld()
    await world.call('profiles.save', save)
    await expect(world.call('profiles.save', save)).rejects.toMatchObject({ code: 'profile.exists', params: { id } })
    const better = { ...save, document: { ...heatOne, title: 'Better' }, replace: true }
    expect(await world.call('profiles.save', better)).toMatchObject({ title: 'Better' })
    expect(await world.call('profiles.remove', { id })).toEqual({ done: true })
    await expect(world.call('profiles.get', { id })).rejects.toMatchObject({ code: 'notFound' })
    await expect(world.call('profiles.remove', { id: 'danfoss/ecl310-a266.1' })).rejects.toMatchObject({ code: 'notFound' })
    await expect(world.call('profiles.remove', { id: 'user/../config' })).rejects.toMatchObject({ code: 'notFound' })
  })

  test('with a fault are listed with it and hold up nothing', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'profiles/acme/parts'), { recursive: true })
    const put = (path: string, text: string) => writeFileSync(join(folder, 'profiles/acme', path), text)
    put('broken.json', '{ "maker": ')
    put('wrong.json', JSON.stringify({ ...heatOne, protocol: 'smoke' }))
    put('Heat Two.json', JSON.stringify(heatOne))
    put('parts/circuit.json', JSON.stringify({ source: 'x', points: { flow: { at: 3, step: 10, role: 'measure' } } }))
    put('sound.json', JSON.stringify({ ...heatOne, include: [{ part: 'user/acme/parts/circuit', as: 'circuit2', circuit: 2 }] }))
    const world = await startWorld({ folder })
    const own = (await world.call('profiles.list', {})).filter((row) => row.own)
    expect(own.map(({ profile, fault }) => [profile, fault === null ? null : fault.slice(0, 24)])).toEqual([
      ['user/acme/sound', null],
      ['user/acme/Heat Two', 'names of folders and fil'],
      ['user/acme/broken', 'cannot be read as JSON: '],
      ['user/acme/wrong', 'protocol: Invalid option'],
    ])
    const { document } = await world.call('profiles.export', { id: 'user/acme/sound' })
    expect(document).toMatchObject({ points: { 'circuit2.flow': { at: 13, role: 'measure' } } })
    expect(document).not.toHaveProperty('include')
    expect(await world.call('profiles.remove', { id: 'user/acme/broken' })).toEqual({ done: true })
  })

  test('leave an entry in the activity log that does not repeat the file', async () => {
    const world = await startWorld()
    await world.call('profiles.save', save)
    const entries = await world.call('audit.list', {})
    expect(JSON.stringify(entries)).toContain('profiles.save')
    expect(JSON.stringify(entries)).not.toContain('Modbus list rev')
  })
})

describe('a hostile file', () => {
  /** As another program would send it, byte for byte. */
  const send = async (world: Awaited<ReturnType<typeof startWorld>>, body: string) => {
    const start = performance.now()
    const answer = await fetch(`${world.serving.url}/api/v1/profiles`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' },
      body,
    })
    const told = (await answer.json()) as { code: string }
    return { status: answer.status, code: told.code, inTime: performance.now() - start < 2000 }
  }
  const wrap = (document: string) => `{"name":"x","document":${document}}`
  const text = JSON.stringify(heatOne)

  test.each([
    [
      'nested a hundred thousand deep',
      wrap(`{"maker":"Acme","points":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
      422,
      'profile.faulty',
    ],
    ['larger than the door takes', wrap(`{"title":"${'a'.repeat(1_100_000)}"}`), 400, 'input.invalid'],
    ['with a prototype', wrap('{"__proto__":{"a":1}}'), 400, 'input.invalid'],
    ['with a constructor of prototypes', wrap('{"maker":"Acme","constructor":{"prototype":{"a":1}}}'), 400, 'input.invalid'],
    [
      'with forty thousand points',
      wrap(`{"maker":"Acme","points":{${Array.from({ length: 40_000 }, (_, i) => `"p${i}":{"at":1}`).join()}}}`),
      422,
      'profile.faulty',
    ],
    ['with a number beyond all measure', wrap(text.replace('0.01', '1e999')), 422, 'profile.faulty'],
    ['whose maker leads elsewhere', wrap(text.replace('Acme', '../../..')), 400, 'input.invalid'],
    ['cut off', wrap(text).slice(0, -9), 400, 'input.invalid'],
  ])('%s is refused in time and changes nothing', async (_, body, status, code) => {
    const folder = newFolder()
    const world = await startWorld({ folder })
    expect(await send(world, body)).toEqual({ status, code, inTime: true })
    expect((await world.call('profiles.list', {})).filter(({ own }) => own)).toEqual([])
    expect(existsSync(join(folder, 'profiles'))).toBe(false)
  })
})

describe('a test read', () => {
  test('tells the words, the value or the failure of every point', async () => {
    const [world, { ports }] = [await startWorld(), await startControllers()]
    const [port = 0] = ports
    const { rows } = await world.call('profiles.testRead', { address: { host: '127.0.0.1', port }, document: heatOne })
    expect(rows.map(({ id: point, number }) => [point, number])).toEqual([
      ['outdoor', 10201],
      ['room', 10209],
      ['oddity.lost', 4050],
      ['circuit1.comfort', 11180],
    ])
    const [outdoor, room, lost, comfort] = rows
    expect(outdoor?.value).toBeCloseTo((((outdoor?.words?.[0] ?? 0) << 16) >> 16) / 100, 9)
    expect(room).toMatchObject({ words: [19200], value: null, quality: 'fault' })
    expect(lost).toMatchObject({ words: null, quality: null, failure: { code: 'device.exception', params: { code: 2 } } })
    expect(comfort).toMatchObject({ quality: 'good', failure: null })
  })

  test('of an address where nothing listens says so', async () => {
    const world = await startWorld()
    const asked = world.call('profiles.testRead', { address: { host: '127.0.0.1', port: 1 }, document: heatOne })
    await expect(asked).rejects.toMatchObject({ code: 'device.refused' })
  })
})

describe('devices read with a file of one’s own', () => {
  test('are read, keep the file from being deleted, and go on with a better one under the same series', async () => {
    const [world, { ports }] = [await startWorld(), await startControllers()]
    await world.call('profiles.save', save)
    const where = { host: '127.0.0.1', port: ports[0] ?? 0 }
    const device = await world.call('devices.add', { ...where, name: 'Mine', profile: id })
    expect(device).toMatchObject({ profile: id, identity: { maker: 'Acme', model: 'Heat One' } })
    const before = await world.call('devices.get', { id: device.id })
    const series = before.points.find((point) => point.id === 'outdoor')?.series ?? 0
    const live = await listen(world.serving, world.token)
    live.watch([series])
    const [reading] = await eventually(
      () => world.call('acquisition.latest', { series: [series] }),
      ([newest]) => newest?.quality === 'good',
    )
    expect(reading?.value).toBeLessThan(60)
    await expect(world.call('profiles.remove', { id })).rejects.toMatchObject({ code: 'profile.inUse', params: { devices: 1 } })

    const points = { ...heatOne.points, status: { at: 4211, role: 'state' } }
    expect(await world.call('profiles.save', { ...save, document: { ...heatOne, points }, replace: true })).toMatchObject({ devices: 1 })
    const after = await world.call('devices.get', { id: device.id })
    expect(after.points.find((point) => point.id === 'outdoor')?.series).toBe(series)
    const added = after.points.find((point) => point.id === 'status')?.series ?? 0
    live.watch([added])
    await eventually(
      () => world.call('acquisition.latest', { series: [added] }),
      ([newest]) => newest?.quality === 'good',
    )
    await world.call('devices.remove', { id: device.id })
    expect(await world.call('profiles.remove', { id })).toEqual({ done: true })
  })

  test('whose file was broken by hand come back when it is repaired', async () => {
    const folder = newFolder()
    const { ports } = await startControllers()
    const first = await startWorld({ folder })
    await first.call('profiles.save', save)
    await first.call('devices.add', { host: '127.0.0.1', port: ports[0] ?? 0, name: 'Mine', profile: id })
    await first.stop()
    writeFileSync(join(folder, 'profiles/acme/heat-one.json'), '{')
    const world = await startWorld({ folder })
    expect(await world.call('devices.list', {})).toEqual([])
    await expect(world.call('profiles.remove', { id })).rejects.toMatchObject({ code: 'profile.inUse' })
    await world.call('profiles.save', { ...save, replace: true })
    expect(await world.call('devices.list', {})).toMatchObject([{ name: 'Mine', profile: id }])
  })
})
