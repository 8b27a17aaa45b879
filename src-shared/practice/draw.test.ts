import { describe, expect, test } from 'vitest'
import { wishSchema, type Wish } from './exercise.ts'
import { chances, drawFaults, NoTarget, type Targets } from './draw.ts'

const points = ['circuit1.flow', 'hotWater.flow', 'meter1.power']
const stations = Array.from({ length: 10 }, (_, i) => ({ name: `House ${i}`, zone: i < 5 ? 'north' : 'south', points }))
const town: Targets = { stations, zones: ['north', 'south'], nodes: ['n1', 'n2'], taken: new Set() }
const wish = (given: Partial<Wish> & Pick<Wish, 'kinds'>): Wish => wishSchema.parse({ after: 1, ...given })
const hour = 3_600_000

test('the same seed gives the same faults, another seed others', () => {
  const wishes = [wish({ kinds: ['bypass', 'offline', 'frozen'], count: 4, spread: 5 })]
  expect(drawFaults(wishes, town, 7)).toEqual(drawFaults(wishes, town, 7))
  expect(drawFaults(wishes, town, 7)).not.toEqual(drawFaults(wishes, town, 8))
})

test('each station is struck once at most, and those out of order already never', () => {
  const taken = new Set(['House 0', 'House 1', 'House 2', 'House 3'])
  for (let seed = 0; seed < 50; seed++) {
    const names = drawFaults([wish({ kinds: ['bypass'], count: 6 })], { ...town, taken }, seed).map(({ target }) => target)
    expect(new Set(names).size).toBe(6)
    expect(names.filter((name) => taken.has(name))).toEqual([])
  }
})

test('each kind comes once before one comes again', () => {
  for (let seed = 0; seed < 20; seed++) {
    const kinds = drawFaults([wish({ kinds: ['bypass', 'offline', 'frozen'], count: 3 })], town, seed).map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(3)
  }
})

test('a fault strikes within its spread, and the earliest stands first', () => {
  for (let seed = 0; seed < 50; seed++) {
    const drawn = drawFaults([wish({ kinds: ['bypass'], count: 3, after: 2, spread: 4, lasts: 3 })], town, seed)
    expect(drawn.map(({ after }) => after)).toEqual(drawn.map(({ after }) => after).toSorted((a, b) => a - b))
    for (const { after, lasts } of drawn) {
      expect(after).toBeGreaterThanOrEqual(2 * hour)
      expect(after).toBeLessThanOrEqual(6 * hour)
      expect(lasts).toBe(3 * hour)
    }
  }
})

test('no house of a zone that is struck as a whole is struck too', () => {
  for (let seed = 0; seed < 30; seed++) {
    const [first, second] = drawFaults([wish({ kinds: ['gatewayFrozen'] }), wish({ kinds: ['frozen'], after: 2 })], town, seed)
    expect(stations.find(({ name }) => name === second?.target)?.zone).not.toBe(first?.target)
    const [house, zone] = drawFaults([wish({ kinds: ['frozen'] }), wish({ kinds: ['gatewayFrozen'], after: 2 })], town, seed)
    expect(stations.find(({ name }) => name === house?.target)?.zone).not.toBe(zone?.target)
  }
})

describe('a place', () => {
  test('is one where the fault shows', () => {
    const dry = stations.map((one, i) => (i === 3 ? one : { ...one, points: ['circuit1.flow'] }))
    expect(drawFaults([wish({ kinds: ['circulationHigh'] })], { ...town, stations: dry }, 1)[0]?.target).toBe('House 3')
  })

  test('of each sort fits the kind', () => {
    const drawn = drawFaults([wish({ kinds: ['leak'] }), wish({ kinds: ['pumpTripped'] }), wish({ kinds: ['gatewayFrozen'] })], town, 4)
    const of = (kind: string) => drawn.find((one) => one.kind === kind)?.target
    expect(['n1', 'n2']).toContain(of('leak'))
    expect(of('pumpTripped')).toBe('plant')
    expect(['north', 'south']).toContain(of('gatewayFrozen'))
  })

  test('that is not there is told with the kind', () => {
    expect(() => drawFaults([wish({ kinds: ['leak'] })], { ...town, nodes: [] }, 1)).toThrow(NoTarget)
    expect(() => drawFaults([wish({ kinds: ['bypass'], count: 11 })], town, 1)).toThrow(NoTarget)
  })
})

test('what is named is taken as it is, with the usual parameters where none are given', () => {
  const [named] = drawFaults([wish({ kinds: ['bypass'], target: 'House 9' })], town, 1)
  expect(named).toMatchObject({ target: 'House 9', params: { share: 25 }, lasts: null })
  expect(drawFaults([wish({ kinds: ['bypass'], params: { share: 60 } })], town, 1)[0]?.params).toEqual({ share: 60 })
  expect(() => drawFaults([wish({ kinds: ['bypass'], params: { flow: 1 } })], town, 1)).toThrow(RangeError)
})

test('chances lie evenly between 0 and 1', () => {
  const chance = chances(42)
  const drawn = Array.from({ length: 10_000 }, () => chance())
  expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true)
  expect(drawn.reduce((sum, value) => sum + value, 0) / drawn.length).toBeCloseTo(0.5, 1)
})
