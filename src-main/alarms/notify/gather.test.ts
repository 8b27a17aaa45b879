import { describe, expect, test } from 'vitest'
import type { Priority } from '#shared/alarms/priority.ts'
import { nextMessage, windowMs } from './gather.ts'

const one = (i: number, priority: Priority = 'low', message: string | null = null) => ({ id: `n${i}`, priority, raisedAt: i, message })
const many = (count: number) => Array.from({ length: count }, (_, i) => one(i))
const started = (count: number) => Array.from({ length: count }, (_, i) => 1_000 + i)
const ids = (next: ReturnType<typeof nextMessage>) => ('send' in next ? next.send.map(({ id }) => id) : next.notBefore)

describe('of what waits for one recipient on one way', () => {
  test('a few go one by one, the first that came up first', () => {
    expect(ids(nextMessage([one(3), one(1), one(2)], [], 10))).toEqual(['n1'])
  })

  test('more than five at once are one message', () => {
    expect(ids(nextMessage(many(5), [], 10))).toEqual(['n0'])
    expect(ids(nextMessage(many(6), [], 10))).toHaveLength(6)
  })

  test('more than may still go are one message, and then nothing goes until the oldest is ten minutes old', () => {
    expect(ids(nextMessage(many(2), started(9), 10))).toHaveLength(2)
    expect(ids(nextMessage(many(2), started(10), 10))).toBe(1_000 + windowMs)
    expect(ids(nextMessage(many(2), started(12), 10))).toBe(1_002 + windowMs)
  })

  test('what is critical goes, and takes with it what waits, until twice as many went', () => {
    expect(ids(nextMessage([one(1), one(2, 'critical')], started(10), 10))).toEqual(['n1'])
    expect(ids(nextMessage([...many(8), one(9, 'critical')], started(19), 10))).toHaveLength(9)
    expect(ids(nextMessage([one(2, 'critical')], started(20), 10))).toBe(1_000 + windowMs)
  })

  test('what failed together goes together again', () => {
    const due = [one(1), one(2, 'low', 'm'), one(3, 'low', 'm')]
    expect(ids(nextMessage(due, [], 10))).toEqual(['n2', 'n3'])
  })
})
