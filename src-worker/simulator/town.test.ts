import { expect, test } from 'vitest'
import { smallTown, runTo } from './testing/small-town.ts'
import { Town } from './town.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const then = Date.UTC(2026, 0, 20, 6)

/** What a controller's clock shows, in minutes of the day. */
function clockOf(town: Town, station: number): number {
  const controller = town.controller(station)
  controller.refresh()
  const shown = (id: string) => {
    const point = controller.station.profile.points.find((one) => one.id === id)
    return point ? (controller.read(point.area, point.address) ?? Number.NaN) : Number.NaN
  }
  return 60 * shown('clock.hour') + shown('clock.minute')
}

test('a clock that drifts runs away from the others, goes on doing so after a save, and is right again once mended', () => {
  const drift = { kind: 'clockDrift' as const, target: 'S2', params: { drift: 1_800 }, fromDay: 0 }
  const town = new Town(smallTown(2, { faults: [drift] }), then)
  runTo(town, then + 2 * day)
  expect(clockOf(town, 1) - clockOf(town, 0)).toBe(60)

  const saved = town.save({ now: town.now, speed: 1, ahead: 0 })
  const again = new Town(smallTown(2, { saved }), then + 30 * day)
  expect(again.now).toBe(then + 2 * day)
  expect(clockOf(again, 1) - clockOf(again, 0)).toBe(60)
  runTo(again, then + 3 * day)
  expect(clockOf(again, 1) - clockOf(again, 0)).toBe(90)
  again.faults.heal('f1', again.now)
  expect(clockOf(again, 1)).toBe(clockOf(again, 0))
})

test('a past that is lived through twice is the same past', () => {
  const opening = smallTown(2, { start: then, record: true, faults: [{ kind: 'bypass', target: 'S1', fromDay: -1.5, toDay: -1 }] })
  const make = () => {
    const town = new Town(opening, then + 3 * day)
    runTo(town, then + 3 * day)
    return town
  }
  const [first, second] = [make(), make()]
  const series = first.controller(0).station.profile.points.flatMap(({ role }, i) => (role === 'measure' || role === 'state' ? [i] : []))
  const [a, b] = [first, second].map((town) => town.record?.past(0, series, 0, 1_000))
  expect(a?.batch.at.length).toBeGreaterThan(3 * 96 * 15)
  expect(b).toEqual(a)
  expect(second.physics.save()).toEqual(first.physics.save())
  const other = new Town({ ...opening, faults: [] }, then + 3 * day)
  runTo(other, then + 3 * day)
  expect(other.record?.past(0, series, 0, 1_000)).not.toEqual(a)
})
