import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal, type JournalOptions } from './journal.ts'
import { emptyRows, type Batch, type Rows } from './rows.ts'

const owner = '00112233445566778899aabbccddeeff'
const nothing = { sequence: 0, total: 0 }
const syncs = (options: Partial<JournalOptions> = {}) => ({
  segmentBytes: 1e9,
  sync: (handle: { datasync(): Promise<void> }) => handle.datasync(),
  ...options,
})

/** Rows that differ in every cell from those of another start. */
function rowsFrom(start: number, count = 20): Rows {
  const rows = emptyRows(count)
  for (let i = 0; i < count; i++) {
    rows.series[i] = i
    rows.second[i] = 1_700_000_000 + start * 900
    rows.value[i] = start + i / 10
    rows.quality[i] = i % 7
  }
  return rows
}

describe('the journal', () => {
  let folder: string
  let acknowledged: Batch[]
  const journals: Journal[] = []

  const open = async (options: Partial<JournalOptions> = {}, place = folder) => {
    const journal = await Journal.open({ ...syncs(options), folder: place })
    journals.push(journal)
    journal.continueAfter(owner, nothing)
    journal.listen({
      acknowledged: (batch) => acknowledged.push(batch),
      rejected: () => acknowledged.push({ ...emptyRows(0), sequence: -1, total: -1, corrects: false }),
    })
    return journal
  }
  const readAll = async (journal: Journal, from = 1) => {
    const batches: Batch[] = []
    for await (const batch of journal.read(from)) batches.push(batch)
    return batches
  }
  const fill = async (count: number, options: Partial<JournalOptions> = {}) => {
    const journal = await open(options)
    for (let i = 1; i <= count; i++) await journal.append(rowsFrom(i))
    await journal.close()
  }
  const names = async () => (await readdir(folder)).sort()
  const expected = (...starts: number[]) => starts.map((start) => expect.objectContaining(rowsFrom(start)))

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'))
    acknowledged = []
  })
  afterEach(async () => {
    await Promise.allSettled(journals.splice(0).map((journal) => journal.close()))
    await rm(folder, { recursive: true })
  })

  it('gives back every batch with its sequence and running total, from any sequence on, also after it was opened again', async () => {
    await fill(5)
    const journal = await open()
    expect(journal).toMatchObject({ last: 5, total: 100, owner })
    expect(journal.reaches(0)).toBe(true)
    expect(await readAll(journal)).toEqual(expected(1, 2, 3, 4, 5))
    expect((await readAll(journal, 3)).map(({ sequence, total }) => [sequence, total])).toEqual([
      [3, 60],
      [4, 80],
      [5, 100],
    ])
    await journal.append(rowsFrom(6))
    expect(await readAll(journal, 5)).toEqual(expected(5, 6))
  })

  it('acknowledges only what the disk has confirmed', async () => {
    let confirm: () => void = () => {}
    const journal = await open({ sync: () => new Promise((resolve) => (confirm = resolve)) })
    let resolved = false
    const appended = journal.append(rowsFrom(1)).then(() => (resolved = true))
    await expect.poll(async () => (await stat(join(folder, '000000000001.log'))).size).toBeGreaterThan(300)
    expect([resolved, acknowledged.length, await readAll(journal)]).toEqual([false, 0, []])
    confirm()
    await appended
    expect([resolved, acknowledged.length, (await readAll(journal)).length]).toEqual([true, 1, 1])
  })

  it('puts appends that come while it writes on disk together', async () => {
    let count = 0
    const journal = await open({
      sync: async (handle) => {
        count++
        await handle.datasync()
      },
    })
    await Promise.all(Array.from({ length: 30 }, (_, i) => journal.append(rowsFrom(i + 1))))
    expect(count).toBeLessThanOrEqual(3)
    expect(acknowledged.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  })

  it('closes full segments, packs them and reads them as before', async () => {
    const journal = await open({ segmentBytes: 1500 })
    for (let i = 1; i <= 20; i++) await journal.append(rowsFrom(i))
    await expect.poll(names).toContain('000000000013.zst')
    await journal.close()
    const again = await open({ segmentBytes: 1500 })
    await expect.poll(async () => (await names()).every((name) => name.endsWith('.zst'))).toBe(true)
    expect((await names()).length).toBeGreaterThan(4)
    expect(await readAll(again)).toEqual(expected(...Array.from({ length: 20 }, (_, i) => i + 1)))
    expect(await readAll(again, 9)).toHaveLength(12)
  })

  it('begins a packing again that was interrupted', async () => {
    await fill(4)
    await writeFile(join(folder, '000000000001.zst'), 'half')
    await writeFile(join(folder, '000000000001.zst.new'), 'half')
    const journal = await open()
    expect(await readAll(journal)).toEqual(expected(1, 2, 3, 4))
    await expect.poll(names).toEqual(['000000000001.zst'])
    expect(await readAll(journal)).toEqual(expected(1, 2, 3, 4))
  })

  it('reads up to the torn record wherever the file ends, keeps the torn part and goes on behind', async () => {
    await fill(3)
    const path = join(folder, '000000000001.log')
    const whole = await readFile(path)
    const image = await mkdtemp(join(tmpdir(), 'journal-'))
    for (let size = 0; size < whole.length; size += 7) {
      await rm(image, { recursive: true })
      await cp(folder, image, { recursive: true })
      await truncate(join(image, '000000000001.log'), size)
      const journal = await open({}, image)
      const complete = Math.max(0, Math.floor((size - 32) / ((whole.length - 32) / 3)))
      expect(await readAll(journal), `${size} bytes`).toEqual(expected(...[1, 2, 3].slice(0, complete)))
      await journal.append(rowsFrom(9))
      await journal.close()
      const again = await open({}, image)
      expect(await readAll(again), `${size} bytes, again`).toEqual(expected(...[1, 2, 3].slice(0, complete), 9))
      await expect.poll(async () => (await readdir(image)).includes('000000000001.log')).toBe(false)
      await again.close()
      const torn = size < 32 || (size - 32) % ((whole.length - 32) / 3) !== 0
      expect((await readdir(image)).some((name) => name.endsWith('.damaged'))).toBe(torn)
    }
    await rm(image, { recursive: true })
  })

  it('loses at most the record that a flipped bit is in, and says so', async () => {
    await fill(3)
    const path = join(folder, '000000000001.log')
    const whole = await readFile(path)
    const record = (whole.length - 32) / 3
    for (let at = 32; at < whole.length; at += 11) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] as number) ^ (1 << (at % 8))
      const image = await mkdtemp(join(tmpdir(), 'journal-'))
      await writeFile(join(image, '000000000001.log'), bytes)
      const journal = await Journal.open({ ...syncs(), folder: image })
      const hit = Math.floor((at - 32) / record) + 1
      expect(await readAll(journal), `byte ${at}`).toEqual(expected(...[1, 2, 3].filter((i) => i !== hit)))
      expect(journal.damages.size).toBe(1)
      await journal.close()
      await rm(image, { recursive: true })
    }
  })

  it('finds its way again behind foreign bytes in the middle', async () => {
    await fill(2)
    const path = join(folder, '000000000001.log')
    const whole = await readFile(path)
    const middle = 32 + (whole.length - 32) / 2
    await writeFile(path, Buffer.concat([whole.subarray(0, middle), Buffer.from('HGF1 and more HGF1HGF1'), whole.subarray(middle)]))
    expect(await readAll(await open())).toEqual(expected(1, 2))
  })

  it('keeps the damaged bytes of a plain segment when it packs the rest', async () => {
    await fill(3)
    const path = join(folder, '000000000001.log')
    const bytes = await readFile(path)
    bytes[500] = (bytes[500] as number) ^ 1
    await writeFile(path, bytes)
    const journal = await open()
    await expect.poll(names).toEqual(['000000000001.log.damaged', '000000000001.zst'])
    expect(await readAll(journal)).toEqual(expected(1, 3))
    expect(await readFile(`${path}.damaged`)).toEqual(bytes.subarray(32 + (bytes.length - 32) / 3, 32 + ((bytes.length - 32) / 3) * 2))
  })

  it('rejects everything under way when the disk does not confirm, and takes the next append', async () => {
    let failing = false
    const journal = await open({
      sync: async (handle) => {
        if (failing) throw Object.assign(new Error('i/o error'), { code: 'EIO' })
        await handle.datasync()
      },
    })
    await journal.append(rowsFrom(1))
    failing = true
    const answers = await Promise.allSettled([journal.append(rowsFrom(2)), journal.append(rowsFrom(3)), journal.append(emptyRows(0))])
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.code)).toEqual([
      'storage.failed',
      'storage.failed',
      'storage.failed',
    ])
    expect(acknowledged.map(({ sequence }) => sequence)).toEqual([1, -1])
    failing = false
    await journal.append(rowsFrom(4))
    expect((await readAll(journal)).map(({ sequence, total }) => [sequence, total])).toEqual([
      [1, 20],
      [2, 40],
    ])
    await journal.close()
    expect(await readAll(await open())).toEqual(expected(1, 4))
  })

  it('never counts a rejected record, even when it stayed on disk and later ones were acknowledged', async () => {
    const path = join(folder, '000000000001.log')
    let left: Buffer | undefined
    let failing = false
    const journal = await open({
      sync: async (handle) => {
        await handle.datasync()
        if (!failing) return
        left = await readFile(path)
        throw Object.assign(new Error('i/o error'), { code: 'EIO' })
      },
    })
    await journal.append(rowsFrom(1))
    failing = true
    await expect(journal.append(rowsFrom(2))).rejects.toMatchObject({ code: 'storage.failed' })
    failing = false
    await journal.append(rowsFrom(3))
    await journal.close()
    expect((await stat(path)).size).toBeLessThan(left?.length ?? 0)
    await writeFile(path, left ?? '')
    const again = await open()
    expect(await readAll(again)).toEqual(expected(1, 3))
    await expect.poll(names).toEqual(['000000000001.zst', '000000000002.zst'])
    expect(await readAll(again)).toEqual(expected(1, 3))
  })

  it.for([
    ['ENOSPC', 'storage.full'],
    ['EDQUOT', 'storage.full'],
    ['EIO', 'storage.failed'],
  ])('tells %s as %s', async ([code, failure]) => {
    const journal = await open({ sync: async () => Promise.reject(Object.assign(new Error('no'), { code })) })
    await expect(journal.append(rowsFrom(1))).rejects.toMatchObject({ code: failure })
    expect(await names()).toEqual([])
  })

  it('goes on behind what the database has when its own files are lost, and says that they are not all there', async () => {
    const journal = await Journal.open({ ...syncs(), folder })
    journals.push(journal)
    journal.continueAfter(owner, { sequence: 7, total: 140 })
    expect(journal.reaches(0)).toBe(false)
    await journal.append(rowsFrom(8))
    expect(await readAll(journal)).toEqual([expect.objectContaining({ sequence: 8, total: 160 })])
  })

  it('takes nothing more after it was closed, but finishes what is under way', async () => {
    const journal = await open()
    const appended = journal.append(rowsFrom(1))
    await journal.close()
    await appended
    expect(() => journal.append(rowsFrom(2))).toThrow('cancelled')
    expect(await readAll(await open())).toEqual(expected(1))
  })
})
