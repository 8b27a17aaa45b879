import { openDatabase } from '../../src-main/database.ts'
import { createToken } from '../../src-main/users/credentials.ts'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Role } from '#shared/contract.ts'
import { caller, newFolder, startControllers, startWorld } from './world.ts'

const week = { series: [1, 2], period: { kind: 'week' }, options: { axis: 'unit' } } as const

/** A Hearthgrid and the voices of several people. */
async function people() {
  const folder = newFolder()
  const world = await startWorld({ folder })
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const tokenOf = (name: string, role: Role) => createToken(database, { name, role }, Date.now())
  const tokens = [await tokenOf('Anna', 'basic'), await tokenOf('Ben', 'full'), await tokenOf('Carl', 'full')] as const
  await close()
  const [anna, ben, carl] = [caller(world.serving, tokens[0]), caller(world.serving, tokens[1]), caller(world.serving, tokens[2])]
  return { ...world, folder, anna, ben, carl, tokenOfAnna: tokens[0] }
}

test('a preset is its owner’s alone until it is shared, and stays over a restart', { timeout: 60_000 }, async () => {
  const { anna, ben, stop, folder, tokenOfAnna } = await people()
  const own = await anna('presets.add', { kind: 'chart', name: 'My week', content: { ...week, series: [...week.series] } })
  expect(own).toMatchObject({ owner: 'Anna', shared: false, mayChange: true, mayRemove: true, content: week })
  expect((await ben('presets.list', {})).presets).toEqual([])
  await expect(ben('presets.change', { id: own.id, name: 'Mine now' })).rejects.toMatchObject({ code: 'notFound' })
  await expect(ben('presets.remove', { id: own.id })).rejects.toMatchObject({ code: 'notFound' })
  await expect(anna('presets.change', { id: own.id, shared: true })).rejects.toMatchObject({ code: 'access.denied' })

  await stop()
  const again = await startWorld({ folder })
  expect((await caller(again.serving, tokenOfAnna)('presets.list', {})).presets).toEqual([own])
})

test('whoever has the role full shares and changes shared ones, and only the owner or an administrator removes', async () => {
  const { anna, ben, carl, call } = await people()
  const shared = await ben('presets.add', { kind: 'readings', name: 'All flows', shared: true, content: { series: [] } })
  expect((await anna('presets.list', { kind: 'readings' })).presets).toMatchObject([
    { name: 'All flows', mayChange: false, mayRemove: false },
  ])
  expect((await anna('presets.list', { kind: 'chart' })).presets).toEqual([])
  await expect(anna('presets.change', { id: shared.id, name: 'Other' })).rejects.toMatchObject({ code: 'access.denied' })
  expect(await carl('presets.change', { id: shared.id, name: 'Flows' })).toMatchObject({ name: 'Flows', owner: 'Ben' })
  await expect(carl('presets.remove', { id: shared.id })).rejects.toMatchObject({ code: 'access.denied' })
  await expect(carl('presets.change', { id: shared.id, shared: false })).rejects.toMatchObject({ code: 'access.denied' })
  expect(await call('presets.remove', { id: shared.id })).toEqual({ done: true })
  expect((await ben('presets.list', {})).presets).toEqual([])
  const entries = (await call('audit.list', {})).entries.filter(({ kind }) => kind === 'preset')
  expect(entries.map(({ operation, actor, result }) => [operation, actor, result])).toEqual([
    ['presets.remove', expect.any(String), 'done'],
    ['presets.change', 'Carl', 'access.denied'],
    ['presets.remove', 'Carl', 'access.denied'],
    ['presets.change', 'Carl', 'done'],
    ['presets.change', 'Anna', 'access.denied'],
    ['presets.add', 'Ben', 'done'],
  ])
})

test('a name is there once for each person and screen', async () => {
  const { anna, ben } = await people()
  const content = { series: [] }
  await anna('presets.add', { kind: 'chart', name: 'Week', content })
  await expect(anna('presets.add', { kind: 'chart', name: 'week', content })).rejects.toMatchObject({ code: 'preset.exists' })
  await anna('presets.add', { kind: 'readings', name: 'Week', content })
  const other = await ben('presets.add', { kind: 'chart', name: 'Week', content })
  await ben('presets.change', { id: other.id, shared: true })
  expect((await anna('presets.list', { kind: 'chart' })).presets.map(({ name, shared }) => [name, shared])).toEqual([
    ['Week', false],
    ['Week', true],
  ])
})

test('points that are gone are named, and can be dropped', { timeout: 60_000 }, async () => {
  const { ports } = await startControllers()
  const { call } = await people()
  const { id } = await call('devices.add', { host: '127.0.0.1', port: ports[0] ?? 0, unit: 1, name: 'One', simulated: true })
  const [flow, outdoor] = (await call('devices.points', { point: ['circuit1.flow', 'outdoor'] })).points.map(({ point }) => point.series)
  if (flow === undefined || outdoor === undefined) throw new Error('no points')
  const preset = await call('presets.add', { kind: 'chart', name: 'Two', content: { series: [flow, 987_654, outdoor] } })
  expect(preset.missing).toEqual([987_654])
  const dropped = await call('presets.change', { id: preset.id, content: { series: [flow, outdoor] } })
  expect(dropped.missing).toEqual([])
  await call('devices.remove', { id })
  expect((await call('presets.list', {})).presets[0]?.missing).toEqual([flow, outdoor])
})

test.each([
  ['a relative period with a date', { series: [], period: { kind: 'week', from: '2026-01-01T00:00' } }],
  ['an own period without dates', { series: [], period: { kind: 'own' } }],
  ['an own period that ends before it begins', { series: [], period: { kind: 'own', from: '2026-02-01T00:00', to: '2026-01-01T00:00' } }],
  ['too many points', { series: Array.from({ length: 801 }, (_, i) => i + 1) }],
  ['too long an option', { series: [], options: { q: 'x'.repeat(10_001) } }],
  ['too many options', { series: [], options: Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`o${i}`, ''])) }],
] as const)('%s is refused', async (_name, content) => {
  const { anna } = await people()
  await expect(anna('presets.add', { kind: 'chart', name: 'Bad', content: content as never })).rejects.toMatchObject({
    code: 'input.invalid',
  })
})
