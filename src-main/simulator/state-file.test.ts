import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StateFile } from './state-file.ts'

async function newState() {
  const folder = await mkdtemp(join(tmpdir(), 'town-state-'))
  return { folder, path: join(folder, 'demo', 'town.state'), state: new StateFile(folder) }
}
const saved = Uint8Array.from({ length: 1000 }, (_, i) => i % 251)

test('what a town remembers comes back as it was, and goes with it', async () => {
  const { folder, state } = await newState()
  expect(await state.read()).toBeNull()
  await state.write(Uint8Array.of(1, 2, 3))
  await state.write(saved)
  expect(await state.read()).toEqual(saved)
  expect(await readdir(join(folder, 'demo'))).toEqual(['town.state'])
  await state.remove()
  expect(await state.read()).toBeNull()
  expect(await readdir(folder)).toEqual([])
})

test('a changed byte, a missing end and another version are refused', async () => {
  const { path, state } = await newState()
  await state.write(saved)
  const whole = await readFile(path)
  const changed = Buffer.from(whole)
  changed[whole.length - 10] = (changed[whole.length - 10] ?? 0) ^ 1
  await writeFile(path, changed)
  await expect(state.read()).rejects.toThrow('damaged')
  await writeFile(path, whole.subarray(0, whole.length - 1))
  await expect(state.read()).rejects.toThrow('damaged')
  await writeFile(path, whole.subarray(0, 20))
  await expect(state.read()).rejects.toThrow('damaged')
  await writeFile(path, Buffer.concat([Buffer.from('HGTOWN 2'), whole.subarray(8)]))
  await expect(state.read()).rejects.toThrow('version')
  await writeFile(path, '')
  await expect(state.read()).rejects.toThrow('version')
})
