import { expect, test } from 'vitest'
import { healthy } from './ailments.ts'
import { Memory } from './memory.ts'
import { createReferences, type Sight } from './references.ts'
import { usualSettings } from './testing/small-town.ts'

// Monday, 12:00 and 2:00 local time.
const noon = Date.UTC(2026, 0, 5, 12)
const night = Date.UTC(2026, 0, 6, 2)
const mild: Sight = { outdoor: 0, room: 20, primaryReturn: 30 }

function controller(outdoor = 0) {
  const references = createReferences(1, new Memory())
  references.begin(0, outdoor)
  const look = (settings = usualSettings(1), { sight = mild, local = noon, seconds = 0, ill = healthy() } = {}) => {
    references.step(0, settings, ill, sight, local, seconds)
    return { flow: references.heating[0], on: references.heats[0] === 1, byReturn: references.byReturn[0], byRoom: references.byRoom[0] }
  }
  return { references, look }
}

test('the flow follows the curve at the filtered outdoor temperature', () => {
  const { look } = controller()
  expect(look().flow).toBe(45)
  const colder = { ...mild, outdoor: -15 }
  expect(look(usualSettings(1), { sight: colder, seconds: 7_200 }).flow).toBeGreaterThan(50)
  expect(look(usualSettings(1), { sight: colder, seconds: 70_000 }).flow).toBeCloseTo(60, 0)
})

test('setback takes 2.5 K a kelvin and slope off at night, another room by day the same', () => {
  const { look } = controller()
  expect(look(usualSettings(1), { local: night }).flow).toBe(40)
  expect(look(usualSettings(1, { comfort: 22 })).flow).toBe(50)
  expect(look(usualSettings(1, { mode: 2 }), { local: night }).flow).toBe(45)
  expect(look(usualSettings(1, { mode: 3 })).flow).toBe(40)
  expect(look(usualSettings(1, { autoSetback: 5 }), { local: night }).flow).toBe(45)
})

test('limits hold, and a room that is too warm or too cold moves the flow', () => {
  const { look } = controller(-15)
  expect(look(usualSettings(1.5, { maxFlow: 65 })).flow).toBe(65)
  expect(look(usualSettings(1, { roomInfluence: { max: -4, min: 3 } }), { sight: { ...mild, room: 21 } }).byRoom).toBe(-4)
  expect(look(usualSettings(1, { roomInfluence: { max: -4, min: 3 } }), { sight: { ...mild, room: 19 } }).byRoom).toBe(3)
})

test('a return that stays too warm lowers the flow more and more, by 8 K at most; a cool one gives it back', () => {
  const { look } = controller()
  const warm = { ...mild, primaryReturn: 62 }
  const first = look(usualSettings(1), { sight: warm, seconds: 60 }).byReturn ?? 0
  const later = look(usualSettings(1), { sight: warm, seconds: 600 }).byReturn ?? 0
  expect(first).toBeLessThan(0)
  expect(later).toBeLessThan(first)
  expect(look(usualSettings(1), { sight: warm, seconds: 30_000 }).byReturn).toBe(-8)
  look(usualSettings(1), { seconds: 30_000 })
  expect(look().byReturn).toBeCloseTo(0, 6)
})

test('heating rests above the cut-out, by the stop, in frost protection, and where somebody shuts it at night', () => {
  const { look } = controller(18)
  const warm = { ...mild, outdoor: 18 }
  expect(look(usualSettings(1), { sight: warm }).on).toBe(false)
  expect(look(usualSettings(1), { sight: warm, ill: { ...healthy(), noCutOut: true } }).on).toBe(true)
  const { look: cold } = controller()
  expect(cold(usualSettings(1, { stopped: true })).on).toBe(false)
  expect(cold(usualSettings(1, { mode: 4 }))).toMatchObject({ on: false, flow: 10 })
  const shut = { ...healthy(), night: { from: 22, to: 6 } }
  expect(cold(usualSettings(1), { local: night, ill: shut }).on).toBe(false)
  expect(cold(usualSettings(1), { ill: shut }).on).toBe(true)
})

test('a broken outdoor sensor leaves the reference where it was', () => {
  const { look } = controller()
  const before = look().flow
  expect(look(usualSettings(1), { sight: { ...mild, outdoor: Number.NaN }, seconds: 7_200 }).flow).toBe(before)
})

test('heating up begins before its time in a heavy building, the earlier the colder', () => {
  const { look } = controller(-10)
  const cold = { ...mild, outdoor: -10 }
  const at = (hour: number, optimizer: number | null) =>
    look(usualSettings(1, { optimizer }), { sight: cold, local: Date.UTC(2026, 0, 6, hour) }).flow
  expect(at(5, null)).toBe(at(3, null))
  expect(at(4, 59)).toBe(at(7, null))
  expect(at(1, 59)).toBe(at(3, null))
})

test('a boost lifts the flow when comfort begins and fades within an hour, a ramp lets it rise slowly', () => {
  const { look } = controller()
  const minutes = (n: number) => Date.UTC(2026, 0, 6, 6, n)
  const flow = (n: number, changes: Parameters<typeof usualSettings>[1]) => look(usualSettings(1, changes), { local: minutes(n) }).flow
  expect(flow(0, { boost: 20 })).toBeCloseTo(54, 6)
  expect(flow(30, { boost: 20 })).toBeCloseTo(49.5, 6)
  expect(flow(90, { boost: 20 })).toBe(45)
  expect(flow(0, { ramp: 7_200 })).toBe(40)
  expect(flow(60, { ramp: 7_200 })).toBeCloseTo(42.5, 6)
  expect(flow(121, { ramp: 7_200 })).toBe(45)
})
