import { expect, test } from 'vitest'
import { captionsWithRoom, roomiest } from './captions.ts'

const caption = (key: string, x: number, y: number) => ({ key, text: '38', x, y, radius: 5 })
const own = { x: 0, y: 0, radius: 5 }

test('a number stands right of its dot, else left of it, else below', () => {
  const [right, left] = [
    { x: 14, y: 0, radius: 5 },
    { x: -14, y: 0, radius: 5 },
  ]
  expect(captionsWithRoom([caption('a', 0, 0)], 10, [own]).get('a')).toBe('right')
  expect(captionsWithRoom([caption('a', 0, 0)], 10, [own, right]).get('a')).toBe('left')
  expect(captionsWithRoom([caption('a', 0, 0)], 10, [own, right, left]).get('a')).toBe('below')
})

test('a number that has room nowhere is left out', () => {
  const ring = Array.from({ length: 12 }, (_, i) => ({ x: 13 * Math.cos(i / 1.9), y: 13 * Math.sin(i / 1.9), radius: 5 }))
  expect(captionsWithRoom([caption('a', 0, 0)], 10, [own, ...ring]).size).toBe(0)
})

test('two numbers never cover each other, nor what is taken', () => {
  const close = [caption('a', 0, 0), caption('b', 3, 1), caption('c', 60, 0)]
  const shown = captionsWithRoom(close, 10, [])
  expect(shown.get('a')).toBe('right')
  expect(shown.get('b')).not.toBe('right')
  const taken = { left: 60, right: 90, top: -20, bottom: 20 }
  expect(captionsWithRoom([caption('c', 60, 0)], 10, [], [taken]).get('c')).toBe('left')
})

test('a large text goes where it covers the fewest dots', () => {
  const dots = [
    { x: 40, y: 0, radius: 5 },
    { x: -40, y: 0, radius: 5 },
    { x: -60, y: 5, radius: 5 },
    { x: 0, y: 30, radius: 5 },
  ]
  const { side, area } = roomiest({ x: 0, y: 0, radius: 18 }, 80, 30, dots)
  expect(side).toBe('above')
  expect(area.bottom).toBeLessThan(-18)
})
