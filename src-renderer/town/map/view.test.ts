import { expect, test } from 'vitest'
import { clampView, pan, rulerMetres, toScreen, wholeScale, wholeView, zoomAt, type View } from './view.ts'

const box = { left: -500, top: -300, right: 500, bottom: 300 }
const size = { width: 800, height: 600 }

test('the whole town is inside the window with room around it', () => {
  const view = wholeView(box, size)
  const [left, top] = toScreen(view, size, [box.left, box.top])
  const [right, bottom] = toScreen(view, size, [box.right, box.bottom])
  expect(Math.min(left, top)).toBeGreaterThan(20)
  expect(right).toBeLessThan(780)
  expect(bottom).toBeLessThan(580)
})

test('what is under the pointer stays there while zooming', () => {
  const view: View = { x: 10, y: 20, scale: 1 }
  const at = [620, 140] as const
  const under = [view.x + (at[0] - 400) / view.scale, view.y + (at[1] - 300) / view.scale] as const
  const [x, y] = toScreen(zoomAt(view, size, at, 1.7), size, under)
  expect(x).toBeCloseTo(at[0], 9)
  expect(y).toBeCloseTo(at[1], 9)
})

test('nobody can zoom out beyond the whole town, nor leave it, nor zoom in without end', () => {
  const far = clampView({ x: 9999, y: 0, scale: 1e-9 }, box, size)
  expect(far).toEqual(wholeView(box, size))
  expect(clampView({ x: 9999, y: -9999, scale: 2 }, box, size)).toEqual({ x: 500, y: -300, scale: 2 })
  expect(clampView({ x: 0, y: 0, scale: 999 }, box, size).scale).toBe(3)
})

test('the town moves with the hand', () => {
  const view: View = { x: 0, y: 0, scale: 2 }
  const [x, y] = toScreen(pan(view, 30, -10), size, [0, 0])
  expect([x, y]).toEqual([430, 290])
})

test('a town of one place and a window without a size give a view all the same', () => {
  const dot = { left: 0, top: 0, right: 0, bottom: 0 }
  for (const one of [size, { width: 0, height: 0 }]) expect(Number.isFinite(wholeScale(dot, one))).toBe(true)
  expect(wholeScale(dot, size)).toBeLessThanOrEqual(3)
})

test.each([
  [1, 100, 100],
  [1, 99, 50],
  [0.3, 100, 200],
  [6, 100, 10],
])('at %d px a metre the ruler of %d px shows %d m', (scale, px, metres) => {
  expect(rulerMetres(scale, px)).toBe(metres)
})
