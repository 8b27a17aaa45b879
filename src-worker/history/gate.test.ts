import { expect, it } from 'vitest'
import { Gate } from './gate.ts'

it('lets two pieces of work run at a time, urgent ones first, and goes on after a failure', async () => {
  const gate = new Gate(2)
  const order: string[] = []
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const work = (name: string) => async () => {
    order.push(name)
    most = Math.max(most, ++running)
    await new Promise<void>((resolve) => ends.push(resolve))
    running--
    if (name === 'b') throw new Error('b failed')
    return name
  }
  const answers = Promise.allSettled([
    ...['a', 'b', 'c', 'd'].map((name) => gate.pass('usual', work(name))),
    gate.pass('urgent', work('urgent')),
  ])
  while (order.length < 5) {
    await expect.poll(() => ends.length).toBeGreaterThan(0)
    ends.shift()?.()
  }
  for (const end of ends) end()
  expect((await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)))).toEqual([
    'a',
    'Error: b failed',
    'c',
    'd',
    'urgent',
  ])
  expect([order, most]).toEqual([['a', 'b', 'urgent', 'c', 'd'], 2])
})

it('leaves a place to others while reports run', async () => {
  const gate = new Gate(2)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const run = (lane: 'usual' | 'report', name: string) =>
    gate.pass(lane, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
    })
  const all = [run('report', 'first'), run('report', 'second'), run('usual', 'chart')]
  await expect.poll(() => begun).toEqual(['first', 'chart'])
  ends.get('chart')?.()
  ends.get('first')?.()
  await expect.poll(() => begun).toEqual(['first', 'chart', 'second'])
  ends.get('second')?.()
  await Promise.all(all)
})
