import { afterEach, describe, expect, test } from 'vitest'
import { SimClock } from './sim-clock.ts'
import { Stepper } from './stepper.ts'
import { coarseMs, coarseUntil, strideAt } from './stride.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const start = Date.UTC(2026, 0, 20, 6)

const steppers: Stepper[] = []
afterEach(() => {
  for (const stepper of steppers.splice(0)) stepper.end()
})

/** A world that only counts its steps, over a wall clock that the test moves. */
function begin(speed = 1) {
  const wall = { at: start }
  const strides: number[] = []
  const world = {
    now: start,
    event: Infinity,
    step(ms: number) {
      world.now += ms
      strides.push(ms)
    },
  }
  const clock = new SimClock(() => wall.at, start, speed)
  const stepper = new Stepper(world, clock)
  steppers.push(stepper)
  return { wall, world, strides, clock, stepper }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('the clock of a town', () => {
  test('follows the wall at its pace, and rests while the wall shows less than it has shown', () => {
    const { wall, clock } = begin(10)
    wall.at += minute
    expect(clock.now).toBe(start + 10 * minute)
    wall.at -= hour
    expect(clock.now).toBe(start + 10 * minute)
    wall.at += hour
    expect(clock.now).toBe(start + 10 * minute)
    wall.at += second
    expect(clock.now).toBe(start + 10 * minute + 10 * second)
    clock.pace(0)
    wall.at += hour
    expect(clock.now).toBe(start + 10 * minute + 10 * second)
    expect(clock.ahead).toBe(9 * minute + 9 * second - hour)
  })
})

test('a wall clock that was years ahead and is put right does not stop the town for years', () => {
  const { wall, clock } = begin()
  wall.at += 20_000 * hour
  expect(clock.now).toBe(start + 20_000 * hour)
  wall.at = start
  expect(clock.now).toBe(start + 20_000 * hour)
  wall.at += minute
  expect(clock.now).toBe(start + 20_000 * hour + minute)
})

describe('a way', () => {
  test('is gone in steps of 5 s, never past its end', () => {
    expect(strideAt(start, start + 4_999, start, Infinity)).toBe(0)
    expect(strideAt(start, start + 5_000, start, Infinity)).toBe(5_000)
    expect(coarseUntil(start, start + hour)).toBe(start)
  })

  test('of more than an hour is gone in coarse steps but for its last hour, and not over what happens in between', () => {
    const coarse = coarseUntil(start, start + 3 * hour + 20 * minute)
    expect(coarse).toBe(start + 2 * hour + 15 * minute)
    expect(strideAt(start, start + 3 * hour, coarse, Infinity)).toBe(coarseMs)
    expect(strideAt(start, start + 3 * hour, coarse, start + coarseMs - 1_000)).toBe(5_000)
    expect(strideAt(start + 5_000, start + 3 * hour, coarse, Infinity)).toBe(5_000)
    expect(strideAt(coarse, start + 3 * hour, coarse, Infinity)).toBe(5_000)
  })
})

describe('a stepper', () => {
  test('keeps the world at the present of its clock', async () => {
    const { wall, world, strides, stepper } = begin()
    stepper.live()
    wall.at += 12 * second
    await until(() => world.now === start + 10 * second)
    expect(strides).toEqual([5_000, 5_000])
  })

  test('runs through the time in which the machine slept in coarse steps', async () => {
    const { wall, world, strides, stepper } = begin()
    stepper.live()
    wall.at += 8 * hour
    await until(() => world.now === start + 8 * hour)
    expect(strides).toEqual([...Array.from({ length: (7 * hour) / coarseMs }, () => coarseMs), ...Array.from({ length: 720 }, () => 5_000)])
  })

  test('tells how far it has come, in days', async () => {
    const { wall, stepper } = begin()
    const told: { done: number; total: number }[] = []
    wall.at += 48 * hour
    await stepper.reach((progress) => told.push(progress))
    expect(told[0]).toEqual({ done: 0, total: 2 })
    expect(told.at(-1)).toEqual({ done: 2, total: 2 })
  })

  test('lets others run between slices of a long way, and ends it when it is told to', async () => {
    const { wall, world, stepper } = begin()
    wall.at += 400_000 * hour
    const way = stepper.reach().catch((error: unknown) => error)
    await new Promise((resolve) => setImmediate(resolve))
    expect(world.now).toBeGreaterThan(start)
    stepper.end()
    expect(await way).toMatchObject({ code: 'cancelled' })
    expect(world.now).toBeLessThan(wall.at)
  })
})
