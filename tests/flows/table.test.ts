import { expect, test } from 'vitest'
import type { ImportRun } from '#shared/commissioning/table.ts'
import { ecl, startBus } from './bus.ts'
import { eventually, startWorld } from './world.ts'

type World = Awaited<ReturnType<typeof startWorld>>

const read = ({ call }: World, lines: readonly string[]) =>
  call('commissioning.readTable', { file: Buffer.from(lines.join('\n'), 'utf8').toString('base64') })
const rowsOf = async ({ call }: World, id: string) => (await call('commissioning.tableRows', { id })).rows
const ended = ({ call }: World, id: string): Promise<ImportRun> =>
  eventually(
    () => call('commissioning.table', { id }),
    ({ state }) => state !== 'asking' && state !== 'adding',
  )
const sums = ({ counts }: ImportRun) => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))

const head = 'name;place;tags;way;host;port;unit;member;baud;parity;stop;profile'

test('a dry run says of each row what would become of it, and adds nothing', async () => {
  const world = await startWorld()
  await world.call('devices.add', { host: '10.0.0.1', port: 502, name: 'There', unseen: true, profile: 'danfoss/ecl-comfort-110' })
  const run = await read(world, [
    head,
    'School;Long Street 7;north|school;;10.0.0.4;;;;;;;',
    'There again;;;;10.0.0.1;502;1;;;;;',
    ';;;;10.0.0.5;;;;;;;',
    'Wrong port;;;;10.0.0.5;70000;;;;;;',
    'Wrong way;;;pigeon;10.0.0.5;;;;;;;',
    'Cable without line;;;modbus-serial;/dev/ttyUSB0;;3;;;;;',
    'Cable;;;modbus-serial;/dev/ttyUSB0;;3;;9600;N;2;danfoss/ecl-comfort-110',
    'Meter;;;mbus-tcp;10.0.0.9;10001;5;;;;;',
    'Misfit;;;mbus-tcp;10.0.0.9;10001;6;;;;;danfoss/ecl-comfort-110',
    'Unknown;;;;10.0.0.7;;;;;;;maker/nothing',
    'Twice;;;;10.0.0.4;502;1;;;;;',
    'Server;;;opcua;10.0.0.8;4840;;;;;;',
  ])
  expect(sums(run)).toEqual({ new: 2, known: 1, faulty: 9 })
  const rows = await rowsOf(world, run.id)
  expect(rows.map(({ line, state, field, failure }) => [line, state, field, failure?.params['context'] ?? failure?.code])).toEqual([
    [2, 'new', null, undefined],
    [3, 'known', null, undefined],
    [4, 'faulty', 'name', 'name'],
    [5, 'faulty', 'port', 'port'],
    [6, 'faulty', 'way', 'way'],
    [7, 'faulty', 'baud', 'noLine'],
    [8, 'new', null, undefined],
    [9, 'faulty', 'profile', 'device.needsProfile'],
    [10, 'faulty', 'profile', 'device.profileMisfit'],
    [11, 'faulty', 'profile', 'noProfile'],
    [12, 'faulty', 'host', 'table.twice'],
    [13, 'faulty', 'way', 'certificate'],
  ])
  expect(await world.call('devices.list', {})).toHaveLength(1)
})

test('devices are asked first and added then, each row in or not', { timeout: 60_000 }, async () => {
  const bus = await startBus(
    new Map([
      [1, ecl(101)],
      [3, ecl(103, [65, 230, 1])],
    ]),
  )
  const world = await startWorld()
  const row = (name: string, unit: number) => `${name};;north;;127.0.0.1;${bus.port};${unit};;;;;`
  const run = await read(world, [head, row('First', 1), row('Missing', 2), row('Third', 3)])
  await world.call('commissioning.askTable', { id: run.id })
  expect(sums(await ended(world, run.id))).toEqual({ found: 2, failed: 1 })
  expect((await rowsOf(world, run.id)).map(({ found }) => found)).toEqual(['ECL Comfort 310 A266.1', null, 'ECL Comfort 310 A230.1'])
  expect(await world.call('devices.list', {})).toEqual([])
  await world.call('commissioning.importTable', { id: run.id })
  expect(sums(await ended(world, run.id))).toEqual({ added: 2, failed: 1 })
  const devices = await world.call('devices.list', {})
  expect(devices.map(({ name, tags }) => `${name} ${tags.join()}`).toSorted()).toEqual(['First north', 'Third north'])
  const { entries } = await world.call('audit.list', {})
  expect(entries.filter(({ operation, result }) => operation === 'devices.add' && result === 'done')).toHaveLength(2)
  const { text } = await world.call('commissioning.tableResult', { id: run.id })
  expect(text).toMatch(/^\uFEFFname;/)
  expect(text).toMatch(/Missing;.*;failed;;"?device\./)
})

test('without asking, rows with a profile are added, many of them, and again nothing is added twice', { timeout: 60_000 }, async () => {
  const world = await startWorld()
  const many = Array.from({ length: 40 }, (_, i) => `House ${i};;;;127.0.3.${i + 1};1;1;;;;;danfoss/ecl-comfort-110`)
  const lines = [head, ...many, 'Unknown;;;;127.0.4.1;1;1;;;;;']
  const run = await read(world, lines)
  await world.call('commissioning.importTable', { id: run.id, unseen: true })
  expect(sums(await ended(world, run.id))).toEqual({ added: 40, failed: 1 })
  const again = await read(world, lines)
  expect(sums(again)).toEqual({ known: 40, new: 1 })
})

test('adding is cancelled between two rows, and what is added stays', { timeout: 60_000 }, async () => {
  const world = await startWorld()
  const many = Array.from({ length: 200 }, (_, i) => `House ${i};;;;127.0.9.1;1;${i + 1};;;;;danfoss/ecl-comfort-110`)
  const run = await read(world, [head, ...many])
  await world.call('commissioning.importTable', { id: run.id, unseen: true })
  await eventually(
    () => world.call('commissioning.table', { id: run.id }),
    ({ done }) => done > 0,
  )
  await world.call('commissioning.cancelTable', { id: run.id })
  const over = await ended(world, run.id)
  expect(over.state).toBe('cancelled')
  expect(over.counts.added).toBe((await world.call('devices.list', {})).length)
  expect(over.counts.added).toBeLessThan(200)
})

test('the export is read in again on another machine, and the template is a table', async () => {
  const world = await startWorld()
  const profile = 'danfoss/ecl-comfort-110'
  await world.call('devices.add', {
    host: '10.0.0.4',
    port: 1502,
    unit: 9,
    name: '=HYPERLINK("x")',
    place: 'A; B',
    tags: ['north', 'new'],
    unseen: true,
    profile,
  })
  const { text } = await world.call('commissioning.exportTable', {})
  expect(text).not.toMatch(/(^|;)=/m)
  const other = await startWorld()
  const run = await read(other, [text])
  await other.call('commissioning.importTable', { id: run.id, unseen: true })
  await ended(other, run.id)
  expect((await other.call('devices.list', {}))[0]).toMatchObject({
    name: '=HYPERLINK("x")',
    place: 'A; B',
    tags: ['north', 'new'],
    address: { host: '10.0.0.4', port: 1502, unit: 9 },
    profile,
  })
  const template = await read(other, [(await other.call('commissioning.tableTemplate', {})).text])
  expect(sums(template)).toEqual({ new: 3 })
})

test('a file of five megabytes passes the door and a larger one does not', async () => {
  const world = await startWorld()
  const filled = (bytes: number) => `name;host;place\nA;10.0.0.4;${'x'.repeat(100)}\n`.padEnd(bytes, '\n')
  expect((await read(world, [filled(4_900_000)])).rows).toBe(1)
  expect(await read(world, [filled(5_100_000)]).catch((error: unknown) => error)).toMatchObject({ code: 'table.tooLarge' })
})
