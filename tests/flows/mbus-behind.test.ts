import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import { SimulatedBus } from '../../src-worker/simulator/serve/mbus-bus.ts'
import { realMeter } from './mbus-world.ts'
import { eventually, profiles, startControllers, startWorld } from './world.ts'

const ecl220 = 'danfoss/ecl220-p266'

test('a meter that a controller reads appears by itself with all that is known of it, and a place without one does not', async () => {
  const profile = profiles.find(({ id }) => id === ecl220) as FlatProfile
  const { ports, simulator } = await startControllers([{ profile, orderCode: 0, serial: 77 }])
  const poke = async (id: string, raw: number) => {
    const point = profile.points.find((one) => one.id === id)
    if (!point) throw new Error(`there is no ${id}`)
    const count = wordsOf[point.as]
    for (let i = 0; i < count; i++) {
      const word = Math.floor(raw / 2 ** (16 * (count - 1 - i))) % 0x10000
      await simulator.poke({ station: 0, address: point.address + i, raw: word })
    }
  }
  await poke('identity.address', 1)
  await poke('meter1.energy', 37_351_000)
  await poke('meter1.volume', 561_080)
  await poke('meter1.serial', 6_855_817)
  await poke('meter1.maker', 0x2c2d)
  await poke('meter1.medium', 4)
  await poke('meter1.address', 5)
  await poke('meter2.address', 255)
  await poke('meter2.energy', 1000)
  const { call } = await startWorld()
  const { id: device } = await call('devices.add', {
    host: '127.0.0.1',
    port: ports[0] ?? 0,
    name: 'Mill Lane',
    profile: ecl220,
    unseen: true,
  })
  const found = await eventually(
    () => call('meters.list', {}),
    (all) => all.some(({ identity }) => identity.maker !== null && identity.medium !== null),
  )
  expect(found.map(({ id, way, identity }) => [id, way, identity])).toEqual([
    [`${device}.meter1`, 'controller', { serial: '06855817', maker: 'KAM', medium: 'heatOutlet', version: null }],
  ])
  await expect(call('meters.read', { id: `${device}.meter1` })).rejects.toMatchObject({ code: 'meter.notDirect' })

  await poke('meter1.serial', 6_855_818)
  await call('devices.readSettings', { id: device })
  const [changed] = await eventually(
    () => call('meters.list', {}),
    ([meter]) => meter?.changedTo !== null,
  )
  expect(changed).toMatchObject({ identity: { serial: '06855817' }, changedTo: { serial: '06855818' } })
  await call('meters.keep', { id: `${device}.meter1` })
  expect((await call('meters.list', {}))[0]).toMatchObject({ identity: { serial: '06855818' }, changedTo: null })
}, 40_000)

test.runIf(existsSync('/usr/bin/socat'))(
  'meters on a serial port are read, and switched to another speed with it',
  async () => {
    const bus = new SimulatedBus({ meters: [realMeter(5, 'kamstrup_multical_601')] })
    const port = await bus.listen()
    onTestFinished(() => bus.close())
    const path = join(mkdtempSync(join(tmpdir(), 'hearthgrid-')), 'line')
    const socat = spawn('socat', [`pty,link=${path},raw,echo=0`, `tcp:127.0.0.1:${port}`])
    onTestFinished(() => void socat.kill())
    await eventually(() => existsSync(path), Boolean)
    const { call } = await startWorld()
    const line = { host: path, port: 0, way: 'mbus-serial', serial: { baud: 2400, parity: 'even', stop: 1 } } as const
    const meter = await call('meters.add', { ...line, unit: 5, name: 'On the cable' })
    expect(meter).toMatchObject({ baud: 2400, identity: { serial: '06855817' } })
    // What stands between the port and the bus here knows no speed, so the bus is told as a cable would.
    bus.baud = 2400
    const switching = call('meters.setBaud', { id: meter.id, baud: 9600 })
    await eventually(
      () => bus.meters[0]?.baud,
      (baud) => baud === 9600,
    )
    bus.baud = 9600
    await switching
    expect((await call('meters.list', {}))[0]?.baud).toBe(9600)
    expect((await call('meters.read', { id: meter.id })).records).toHaveLength(27)
  },
  40_000,
)
