import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Failure } from '#shared/failures.ts'
import { toBatch, type ReadingBatch } from '#shared/reading.ts'
import { LogFile } from '../log.ts'
import { Pending } from './pending.ts'

const batch = (value: number) => toBatch([{ series: 1, at: value * 1000, value, quality: 'good' }])

function world(append: (batch: ReadingBatch) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'pending-'))
  const stored: number[] = []
  const pending = new Pending(
    async (one) => {
      await append(one)
      stored.push(one.value[0] ?? Number.NaN)
      return { stored: 1, dropped: 0 }
    },
    new LogFile(folder, () => 0).scope('history'),
  )
  return { pending, stored, log: () => readFileSync(join(folder, 'hearthgrid.log'), 'utf8') }
}

test('batches are stored in the order in which they came', async () => {
  const { pending, stored } = world(async () => undefined)
  for (const value of [1, 2, 3]) pending.put(batch(value))
  await pending.drain()
  expect(stored).toEqual([1, 2, 3])
  expect(pending.rows).toBe(0)
})

test('what could not be stored stays, is told, and is stored once the store takes it again', { timeout: 20_000 }, async () => {
  let full = true
  const { pending, stored, log } = world(async () => {
    if (full) throw new Failure('storage.full')
  })
  pending.put(batch(1))
  pending.put(batch(2))
  await expect.poll(() => pending.notice).toBe('storage.full')
  expect(pending.rows).toBe(2)
  full = false
  await expect.poll(() => stored, { timeout: 10_000 }).toEqual([1, 2])
  expect(pending.notice).toBeNull()
  expect(log()).toContain('samples wait in memory')
})

test('who asks is told when a batch is on disk, and that it never will be', async () => {
  const { pending, stored } = world(async (one) => {
    if (one.value[0] === 1) throw new Failure('input.invalid', { field: 'at' })
  })
  const [refused, taken] = [pending.stored(batch(1)), pending.stored(batch(2))]
  await expect(refused).rejects.toMatchObject({ code: 'input.invalid' })
  await taken
  expect(stored).toEqual([2])
})

test('a batch that no store can take is told and does not hold up those behind it', async () => {
  const { pending, stored, log } = world(async (one) => {
    if (one.value[0] === 1) throw new Failure('input.invalid', { field: 'at' })
  })
  pending.put(batch(1))
  pending.put(batch(2))
  await pending.drain()
  expect(stored).toEqual([2])
  expect(pending.rows).toBe(0)
  expect(log()).toContain('make no sense')
})
