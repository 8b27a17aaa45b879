import { expect, test } from 'vitest'
import { streetLabels, textWidth } from './labels.ts'
import type { Spot } from './projection.ts'

/** A street through the spots x y x y ... */
function street(name: string, ...numbers: number[]) {
  const line = numbers.flatMap((x, i): Spot[] => (i % 2 === 0 ? [[x, numbers[i + 1] ?? 0]] : []))
  return { name, line }
}
const named = (streets: ReturnType<typeof street>[], aside = 0) => streetLabels(streets, 10, aside, [])

test('a street is named in its middle, along its line and never upside down', () => {
  expect(named([street('Long Street', 200, 0, 0, 0)])).toMatchObject([{ text: 'Long Street', x: 100, y: 0, angle: 0 }])
  expect(named([street('Steep', 0, 100, 0, 0)])[0]?.angle).toBe(90)
})

test('a street without room for its name has none', () => {
  expect(named([street('Long Street', 0, 0, textWidth('Long Street', 10), 0)])).toEqual([])
})

test('a name stands above its line, or beside a steep one, so that pipes do not cover it', () => {
  const [above] = named([street('Way', 0, 0, 100, 0)], 9)
  expect([above?.x, above?.y]).toEqual([50, -9])
  const [beside] = named([street('Way', 0, 0, 0, -100)], 9)
  expect(Math.abs(beside?.x ?? 0)).toBeCloseTo(9)
  expect(beside?.y).toBeCloseTo(-50)
})

test('a name goes to the other side of its street when the first is taken', () => {
  const row = Array.from({ length: 30 }, (_, i) => ({ x: i * 10, y: -9, radius: 3 }))
  expect(streetLabels([street('Way', 0, 0, 300, 0)], 10, 9, row)[0]?.y).toBe(9)
})

test('small bends do not break a street, a corner does', () => {
  expect(named([street('Bending Street', 0, 0, 60, 3, 120, 0)])).toHaveLength(1)
  expect(named([street('Bending Street', 0, 0, 60, 0, 60, 60)])).toEqual([])
})

test('a name moves aside for what stands in its way, or is left out', () => {
  const way = [street('Way', 0, 0, 300, 0)]
  expect(streetLabels(way, 10, 0, [{ x: 150, y: 0, radius: 10 }])[0]?.x).toBe(90)
  const row = Array.from({ length: 30 }, (_, i) => ({ x: i * 10, y: 0, radius: 8 }))
  expect(streetLabels(way, 10, 0, row)).toEqual([])
})

test('a name stands once, on the longest part', () => {
  expect(named([street('A', 0, 50, 80, 50), street('A', 0, 0, 200, 0)]).map(({ y }) => y)).toEqual([0])
})
