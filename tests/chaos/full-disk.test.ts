import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HistoryPort } from '#shared/history/port.ts'
import { connect, type Connection } from '#shared/rpc.ts'
import { examine, numbered, seriesCount, unharmed } from './samples.ts'

/** A disk that can be filled up and given room again. */
type Disk = { folder: string; fill(store: ChildProcess): Promise<void>; empty(store: ChildProcess): Promise<void>; remove(): void }

/** Every user may forbid a process of his to make files larger than a size. */
const sizeLimit = (folder: string, bytes: number): Disk => {
  const limit = (store: ChildProcess, size: string) => execFileSync('prlimit', ['--pid', String(store.pid), `--fsize=${size}:`])
  return {
    folder,
    fill: async (store) => void limit(store, String(bytes)),
    empty: async (store) => void limit(store, 'unlimited'),
    remove: () => {},
  }
}

/** A file system of 24 MB in memory, where the system lets us have one. */
const smallDisk = (folder: string): Disk => {
  const place = join(folder, 'disk')
  mkdirSync(place)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', place])
  const filler = join(place, 'filler')
  return {
    folder: join(place, 'store'),
    fill: async () => {
      const { bavail, bsize } = statfsSync(place)
      await writeFile(filler, Buffer.alloc(bavail * bsize))
    },
    empty: () => rm(filler),
    remove: () => execFileSync('umount', ['-l', place]),
  }
}

const disks: [string, (folder: string) => Disk][] = [
  ['no file may grow', (folder) => sizeLimit(folder, 0)],
  ['files may grow to 40 kB', (folder) => sizeLimit(folder, 40_000)],
]
if (process.getuid?.() === 0) disks.push(['a small disk is full', smallDisk])

describe.for(disks)('when %s', ([, make]) => {
  let root: string
  let disk: Disk
  let child: ChildProcess
  let connection: Connection<HistoryPort>

  const start = () => {
    const process = fork(join(import.meta.dirname, 'store-process.ts'), [JSON.stringify({ waitingBytes: 20 * 17 * seriesCount })], {
      serialization: 'advanced',
    })
    child = process
    connection = connect<HistoryPort>(
      { postMessage: (message) => process.send(message as object), on: (event, listener) => process.on(event, listener) },
      () => {},
    )
    process.on('exit', () => connection.fail(new Error('the process has ended')))
  }
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  const open = () => connection.call.open({ folder: disk.folder, memoryMb: 128, threads: 2 })

  const acknowledged = new Set<number>()
  let given = 0
  /** Appends until `count` are answered; answers how many were refused as storage.full. Nothing else may happen. */
  const appendSome = async (count: number) => {
    let refused = 0
    for (let i = 0; i < count; i++) {
      const number = given++
      await connection.call.append(numbered(number)).then(
        () => acknowledged.add(number),
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'storage.full' })
          refused++
        },
      )
    }
    return refused
  }

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'history-'))
    disk = make(root)
    acknowledged.clear()
    given = 0
    start()
    await open()
    await appendSome(20)
  })
  afterEach(async () => {
    await stop()
    disk.remove()
    await rm(root, { recursive: true })
  })

  it('says so, shows everything acknowledged, and goes on by itself when there is room', async () => {
    await disk.fill(child)
    expect(await appendSome(40)).toBeGreaterThan(0)
    await expect
      .poll(async () => (await connection.call.status({})).waiting === 0 || (await connection.call.status({})).state === 'failed')
      .toBe(true)
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
    await disk.empty(child)
    expect(await appendSome(10)).toBe(0)
    await expect.poll(() => connection.call.status({}), { timeout: 15_000 }).toMatchObject({ state: 'ready', waiting: 0, notice: null })
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
    await connection.call.close({})
    expect((await open()).notice).toBeNull()
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
  })

  it('loses nothing acknowledged when the process is killed then', async () => {
    await disk.fill(child)
    await appendSome(30)
    await stop()
    start()
    await disk.empty(child)
    await open()
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
    expect(await appendSome(5)).toBe(0)
  })

  it('can be opened then, to be looked at, and takes samples when there is room', async () => {
    await stop()
    start()
    await disk.fill(child)
    await open()
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
    await appendSome(5)
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
    await disk.empty(child)
    expect(await appendSome(5)).toBe(0)
    await expect.poll(() => connection.call.status({}), { timeout: 15_000 }).toMatchObject({ state: 'ready', waiting: 0 })
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
  })

  it('stays whole when it is closed then', async () => {
    await disk.fill(child)
    await appendSome(30)
    await connection.call.close({})
    await disk.empty(child)
    await open()
    expect(await examine(connection.call, acknowledged, given)).toMatchObject(unharmed)
  })
})
