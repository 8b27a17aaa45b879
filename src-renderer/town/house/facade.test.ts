import { expect, test } from 'vitest'
import { buildingKinds } from '#shared/simulator/scenario.ts'
import { facadeOf } from './facade.ts'

test('a house always looks the same, and its neighbour different', () => {
  expect(facadeOf('dwelling', 12, 4)).toEqual(facadeOf('dwelling', 12, 4))
  expect(facadeOf('dwelling', 12, 4)).not.toEqual(facadeOf('dwelling', 12, 5))
})

test('every kind and size stays within its picture', () => {
  for (const kind of buildingKinds)
    for (const flats of [1, 2, 6, 9, 24, 60, 500])
      for (let seed = 0; seed < 40; seed++) {
        const { left, width, top, roofHeight, lamps, storeys, columns } = facadeOf(kind, flats, seed)
        expect(left).toBeGreaterThan(20)
        expect(left + width).toBeLessThan(300)
        expect(top - roofHeight).toBeGreaterThan(12)
        expect(lamps).toHaveLength(storeys * columns)
      }
})

test('more flats make a larger house', () => {
  const area = (flats: number) => {
    const { storeys, columns } = facadeOf('dwelling', flats, 3)
    return storeys * columns
  }
  const areas = [1, 6, 20, 80].map(area)
  expect(areas).toEqual([...areas].sort((a, b) => a - b))
  expect(new Set(areas).size).toBe(4)
})
