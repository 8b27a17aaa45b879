import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderLock } from './lock.ts'

const clock = () => Date.now()
const taker = `
  const { FolderLock } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))})
  const taken = await FolderLock.take(process.env.FOLDER, Date.now).then(() => 'taken', (error) => 'refused ' + error.code)
  console.log(taken)
  setInterval(() => {}, 1000)
`

describe('the lock of a folder', () => {
  let folder: string
  const children: ChildProcess[] = []

  /** Another process that tries to take the folder and then stays; answers what came of it. */
  const otherProcess = async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', taker], { env: { ...process.env, FOLDER: folder } })
    children.push(child)
    const text = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (data) => resolve(String(data).trim()))
      child.stderr.once('data', (data) => reject(new Error(String(data))))
    })
    return { child, text }
  }
  const kill = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'))
  })
  afterEach(async () => {
    await Promise.all(children.splice(0).map(kill))
    await rm(folder, { recursive: true })
  })

  it('is held once in a process and can be taken again after its release, leaving nothing', async () => {
    const lock = await FolderLock.take(folder, clock)
    await expect(FolderLock.take(folder, clock)).rejects.toMatchObject({ code: 'conflict', params: { pid: process.pid } })
    await lock.release()
    expect(await readdir(folder)).toEqual([])
    await (await FolderLock.take(folder, clock)).release()
  })

  it('is refused while another process holds it, with its number, and taken over when that is killed', async () => {
    const { child, text } = await otherProcess()
    expect(text).toBe('taken')
    await expect(FolderLock.take(folder, clock)).rejects.toMatchObject({ code: 'conflict', params: { pid: child.pid } })
    await kill(child)
    const lock = await FolderLock.take(folder, clock)
    expect((await otherProcess()).text).toBe('refused conflict')
    await lock.release()
  })

  it('is taken over from a thread of this process that has ended without a release', async () => {
    const thread = new Worker(
      `const { parentPort } = require('node:worker_threads')
      import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))}).then(({ FolderLock }) => FolderLock.take(${JSON.stringify(folder)}, Date.now))
        .then(() => parentPort.postMessage('taken'))
      setInterval(() => {}, 1000)`,
      { eval: true },
    )
    await new Promise((resolve) => thread.once('message', resolve))
    await expect(FolderLock.take(folder, clock)).rejects.toMatchObject({ code: 'conflict' })
    await thread.terminate()
    await (await FolderLock.take(folder, clock)).release()
  })

  it('is not believed when its process number belongs to a later process', async () => {
    const { child } = await otherProcess()
    const written = await readFile(join(folder, 'lock'), 'utf8')
    expect(written).toContain(String(child.pid))
    await writeFile(join(folder, 'lock'), written.replace(/ \d+"/, ' 1"'))
    await (await FolderLock.take(folder, clock)).release()
  })

  it('goes to exactly one of several processes that find a dead owner at the same moment', async () => {
    const { child } = await otherProcess()
    await kill(child)
    const answers = await Promise.all(Array.from({ length: 5 }, otherProcess))
    expect(answers.map(({ text }) => text).sort()).toEqual([...Array(4).fill('refused conflict'), 'taken'])
    expect(await readdir(folder)).toEqual(['lock'])
  })
})
