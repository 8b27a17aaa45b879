import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { takeThread } from './thread-lock.ts'

/** Another thread that takes the name, says what came of it, and holds it until it is ended. */
async function otherThread(name: string, asking: boolean): Promise<{ text: string; thread: Worker }> {
  const source = `
    const { parentPort } = require('node:worker_threads')
    import(${JSON.stringify(join(import.meta.dirname, 'thread-lock.ts'))})
      .then(({ takeThread }) => takeThread(${JSON.stringify(name)}${asking ? ', null' : ''}))
      .then((release) => parentPort.postMessage(release ? 'taken' : 'refused'))
    setInterval(() => undefined, 1000)`
  const thread = new Worker(source, { eval: true })
  const text = await new Promise<string>((resolve, reject) => thread.once('message', resolve).once('error', reject))
  return { text, thread }
}

describe.each([
  ['with the locks of Node', false],
  ['by asking the other threads', true],
])('a name among threads, %s', (_how, asking) => {
  const take = (name: string) => (asking ? takeThread(name, null) : takeThread(name))

  test('is held once, and again after its release', async () => {
    const name = randomUUID()
    const release = await take(name)
    expect(release).toBeTypeOf('function')
    expect(await take(name)).toBeUndefined()
    await release?.()
    const again = await take(name)
    expect(again).toBeTypeOf('function')
    await again?.()
  })

  test('goes to one of two who want it at the same moment', async () => {
    const name = randomUUID()
    const both = await Promise.all([take(name), take(name)])
    expect(both.filter((release) => release !== undefined)).toHaveLength(1)
    for (const release of both) await release?.()
  })

  test('is refused while another thread has it, and free when that thread has been ended', async () => {
    const name = randomUUID()
    const { text, thread } = await otherThread(name, asking)
    expect(text).toBe('taken')
    expect(await take(name)).toBeUndefined()
    await thread.terminate()
    const release = await take(name)
    expect(release).toBeTypeOf('function')
    await release?.()
  })
})
