import { expect, test } from 'vitest'
import { FloodWatch, floodsOf } from './flood.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 22, 6)

/** Alarms so many seconds after the start, each of a condition of its own. */
const at = (...seconds: number[]) => seconds.map((second, i) => ({ at: start + second * 1000, id: `a${i}` }))

function watchOf(told: readonly { at: number; id: string }[]): FloodWatch {
  const watch = new FloodWatch()
  for (const one of told) watch.take(one.at, one.id)
  return watch
}

test('ten alarms in ten minutes are no flood, the eleventh makes one that began with the first of them', () => {
  const ten = at(0, 50, 100, 150, 200, 250, 300, 350, 400, 450)
  const watch = watchOf(ten)
  expect(watch.look(start + 599_000)).toEqual({ active: false, since: null, count: 10, firstOut: null })
  watch.take(start + 599_000, 'last')
  expect(watch.look(start + 599_000)).toEqual({ active: true, since: start, count: 11, firstOut: 'a0' })
})

test('what came more than ten minutes before is neither counted nor the first of a flood', () => {
  const watch = watchOf([{ at: start - 10 * minute, id: 'earlier' }, ...at(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)])
  expect(watch.look(start + 9000)).toMatchObject({ active: false, count: 10 })
  watch.take(start + 10_000, 'eleventh')
  expect(watch.look(start + 10_000)).toMatchObject({ active: true, firstOut: 'a0' })
})

test('a flood lasts until fewer than five had come in ten minutes', () => {
  const watch = watchOf(at(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 300, 310, 320, 330, 340))
  expect(watch.look(start + 899_000)).toMatchObject({ active: true, count: 5, firstOut: 'a0' })
  expect(watch.look(start + 900_000)).toEqual({ active: false, since: null, count: 4, firstOut: null })
})

test('the next flood has a first of its own', () => {
  const first = at(...Array.from({ length: 12 }, (_, i) => i * 10))
  const second = Array.from({ length: 12 }, (_, i) => ({ at: start + 60 * minute + i * 1000, id: `b${i}` }))
  const watch = watchOf(first)
  expect(watch.look(start + 30 * minute).active).toBe(false)
  for (const one of second) watch.take(one.at, one.id)
  expect(watch.look(start + 61 * minute)).toMatchObject({ active: true, since: start + 60 * minute, firstOut: 'b0' })
})

test('an alarm that is told late finds its place in time', () => {
  const watch = watchOf(at(10, 20, 30, 40, 50, 60, 70, 80, 90, 100))
  watch.take(start + 5000, 'late')
  expect(watch.look(start + 100_000)).toMatchObject({ active: true, since: start + 5000, firstOut: 'late' })
})

test('told again after a start, it says the same', () => {
  const told = at(...Array.from({ length: 80 }, (_, i) => i * 45))
  const through = watchOf(told)
  const again = watchOf(told)
  const now = start + 80 * 45_000
  expect(again.look(now)).toEqual(through.look(now))
  expect(through.look(now)).toMatchObject({ active: true, firstOut: 'a0' })
})

test('floods of the past are found with their begin, end, count and first', () => {
  const first = at(...Array.from({ length: 12 }, (_, i) => i * 10))
  const second = Array.from({ length: 20 }, (_, i) => ({ at: start + 60 * minute + i * 1000, id: `b${i}` }))
  const now = start + 61 * minute
  expect(floodsOf([...first, ...second], now)).toEqual([
    // Of 0, 10 … 110 s four are left when the eighth, of 70 s, is ten minutes old.
    { from: start, to: start + 70_000 + 10 * minute, count: 12, firstOut: 'a0' },
    { from: start + 60 * minute, to: null, count: 20, firstOut: 'b0' },
  ])
  expect(floodsOf([...first, ...second], start + 80 * minute)[1]?.to).toBe(start + 60 * minute + 15_000 + 10 * minute)
  expect(floodsOf(at(0, 1, 2), now)).toEqual([])
})

test('the floods of the past are those that a watch saw', () => {
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const told: { at: number; id: string }[] = []
  let now = start
  for (let i = 0; i < 3000; i += 1) {
    now += Math.floor(random() * (i % 300 < 60 ? 20_000 : 240_000))
    told.push({ at: now, id: `a${i}` })
  }
  const spans = floodsOf(told, now)
  expect(spans.length).toBeGreaterThan(5)
  const watch = new FloodWatch()
  const others = told.filter((one) => {
    watch.take(one.at, one.id)
    const { active, firstOut } = watch.look(one.at)
    const span = spans.find(({ from, to }) => from <= one.at && (to === null || one.at < to))
    if (active) return firstOut !== span?.firstOut
    // A flood is known with its eleventh alarm and counted from its first.
    return span !== undefined && told.filter(({ at }) => at >= span.from && at <= one.at).length > 10
  })
  expect(others).toEqual([])
})
