import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeStore } from './place.ts'
import { FileShelf } from './shelf.ts'

let folder: string
let shelf: FileShelf
const progress = { signal: new AbortController().signal, onBytes: () => undefined }
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shelf-'))
  await makeStore(join(folder, 'store'))
  shelf = new FileShelf(join(folder, 'store'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function source(content: string, sha256: string | null = null) {
  const from = join(folder, 'source')
  writeFileSync(from, content)
  return { path: 'history/journal/1.log', from, bytes: content.length, sha256 }
}

test('a file is copied once, and named by its hash', async () => {
  const first = await shelf.put(source('samples'), progress)
  expect(first).toMatchObject({ sha256: hashOf('samples'), copied: true, repaired: false })
  expect(await shelf.put(source('samples'), progress)).toMatchObject({ copied: false, repaired: false })
  expect(readFileSync(shelf.pathOf(first.sha256), 'utf8')).toBe('samples')
})

test('of a file that grows only what counts is copied', async () => {
  const { path, from } = source('samples and more')
  expect((await shelf.put({ path, from, bytes: 7, sha256: null }, progress)).sha256).toBe(hashOf('samples'))
})

test('a file that is not what its list says is refused, and nothing of it stays', async () => {
  await expect(shelf.put(source('samqles', hashOf('samples')), progress)).rejects.toMatchObject({ code: 'backup.sourceDamaged' })
  expect(readdirSync(shelf.folder)).toEqual([])
})

test('a good file on the shelf stands in for a source that went bad', async () => {
  await shelf.put(source('samples', hashOf('samples')), progress)
  expect(await shelf.put(source('samqles', hashOf('samples')), progress)).toMatchObject({ copied: false })
  expect(readFileSync(shelf.pathOf(hashOf('samples')), 'utf8')).toBe('samples')
})

test('a file that went bad on the shelf is replaced', async () => {
  await shelf.put(source('samples'), progress)
  writeFileSync(shelf.pathOf(hashOf('samples')), 'samqles')
  expect(await shelf.put(source('samples'), progress)).toMatchObject({ copied: true, repaired: true })
  expect(readFileSync(shelf.pathOf(hashOf('samples')), 'utf8')).toBe('samples')
})

test('laying out never hands over a file that has changed', async () => {
  const { copied: _copied, repaired: _repaired, ...file } = await shelf.put(source('samples'), progress)
  writeFileSync(shelf.pathOf(file.sha256), 'samqles')
  await expect(shelf.layOut([file], join(folder, 'out'), () => false, progress)).rejects.toMatchObject({ code: 'backup.targetFailed' })
})
