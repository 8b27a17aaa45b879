import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toBatch } from '#shared/reading.ts'
import { openDatabase } from '../database.ts'
import { skipUsed } from './numbers.ts'

const stored = (...series: number[]) => toBatch(series.map((number) => ({ series: number, at: 1, value: 1, quality: 'good' as const })))

test('a series number that samples lie under is not given again by an older configuration', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'numbers-'))
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const device = {
    id: 'd',
    name: 'd',
    place: '',
    host: 'h',
    port: 502,
    unit: 1,
    profile: 'p',
    recognised: 1 as const,
    simulated: 0 as const,
    identity: '{}',
    unserved: '[]',
    addedAt: 1,
    removedAt: null,
  }
  await database.insertInto('device').values(device).execute()
  const next = async (point: string) => {
    const { id } = await database.insertInto('series').values({ device: 'd', point }).returning('id').executeTakeFirstOrThrow()
    return id
  }
  expect(await skipUsed(database, stored(4, 17, 9))).toBe(17)
  expect(await next('a')).toBe(18)
  expect(await skipUsed(database, stored(4, 17, 9))).toBe(0)
  expect(await skipUsed(database, stored(30))).toBe(12)
  expect(await next('b')).toBe(31)
  await close()
  await rm(folder, { recursive: true })
})
