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
  const answers = Promise.allSettled([...['a', 'b', 'c', 'd'].map((name) => gate.pass(false, work(name))), gate.pass(true, work('urgent'))])
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
