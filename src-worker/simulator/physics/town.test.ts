import { describe, expect, test } from 'vitest'
import { heatCapacity } from './water.ts'
import { day, fault, live, smallTown, usualSettings } from './testing/small-town.ts'

const houses = 6
const numbers = Array.from({ length: houses }, (_, i) => i)
const energy = (town: ReturnType<typeof smallTown>) => numbers.reduce((sum, i) => sum + town.state(i).meter.energy, 0)

describe('a town in winter', () => {
  test('counts on its meters what its exchangers took, and the plant gives that, what pipes lose, and nothing more', () => {
    const town = smallTown(houses)
    live(town, day, 5)
    const before = energy(town)
    let taken = 0
    let given = 0
    let lost = 0
    let carried = 0
    live(town, 5 * day, 5, () => {
      for (const i of numbers) {
        const { power, flow, supply, return: back } = town.truth(i)
        taken += (power * 5) / 3_600
        carried += (flow * heatCapacity * (supply - back) * 5) / 3.6e6
      }
      given += (town.plant.power * 5) / 3_600
      lost += (town.plant.losses * 5) / 3_600
    })
    // The latch of a meter is up to 30 s behind.
    expect(Math.abs(energy(town) - before - taken) / taken).toBeLessThan(0.001)
    expect(Math.abs(carried - taken) / taken).toBeLessThan(0.001)
    expect(Math.abs(given - taken - lost) / given).toBeLessThan(0.001)
  })

  test('needs as much heat in steps of 2 s as in steps of 5 s', () => {
    const used = [2, 5].map((step) => {
      const town = smallTown(houses)
      live(town, day / 2, step)
      const before = energy(town)
      live(town, 4 * day, step)
      return energy(town) - before
    })
    expect(Math.abs((used[0] ?? 0) / (used[1] ?? 1) - 1)).toBeLessThan(0.005)
  })

  test('comes out bit for bit the same, also when it is saved and loaded in between', () => {
    const [one, two] = [smallTown(houses), smallTown(houses)]
    live(one, day, 5)
    live(two, day / 2, 5)
    const saved = two.save()
    const three = smallTown(houses)
    three.load(saved)
    expect(three.now).toBe(two.now)
    live(three, day / 2, 5)
    expect(Buffer.compare(one.save(), three.save())).toBe(0)
    live(two, day / 2 - 5, 5)
    expect(Buffer.compare(one.save(), two.save())).not.toBe(0)
    expect(() => smallTown(7).load(saved)).toThrow(RangeError)
  })
})

describe('a year of a town', { timeout: 120_000 }, () => {
  type Season = { given: number; lost: number; back: number; flow: number; coldest: number; warmest: number; rooms: number }
  const empty = (): Season => ({ given: 0, lost: 0, back: 0, flow: 0, coldest: 99, warmest: -99, rooms: 0 })

  test('keeps houses habitable, returns cool and losses as networks of its kind have them, without one number missing', () => {
    const town = smallTown(12, Date.UTC(2025, 8, 1))
    const months = Array.from({ length: 12 }, empty)
    let hours = 0
    live(town, 365 * day, 180, () => {
      const month = months[new Date(town.now).getUTCMonth()] as Season
      month.given += town.plant.power
      month.lost += town.plant.losses
      month.back += town.plant.return * town.plant.flow
      month.flow += town.plant.flow
      if (town.now % 3_600_000 !== 0) return
      hours++
      for (let i = 0; i < town.size; i++) {
        const state = town.state(i)
        const seen = [state.outdoor, ...Object.values(state.heating), ...Object.values(state.water), ...Object.values(state.meter)]
        for (const value of [...seen, ...Object.values(state.primary)])
          if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`a number is missing at ${town.now}`)
        const { room } = town.truth(i)
        month.coldest = Math.min(month.coldest, room)
        month.warmest = Math.max(month.warmest, room)
      }
    })
    expect(hours).toBe(365 * 24)
    for (const { back, flow, coldest, warmest } of months) {
      expect(back / flow).toBeGreaterThan(25)
      expect(back / flow).toBeLessThan(50)
      expect(coldest).toBeGreaterThan(16.9)
      expect(warmest).toBeLessThan(25)
    }
    const share = (of: number[]) => {
      const [given, lost] = of.reduce(([a, b], m) => [a + (months[m]?.given ?? 0), b + (months[m]?.lost ?? 0)], [0, 0])
      return (100 * lost) / given
    }
    expect(share([11, 0, 1])).toBeGreaterThan(3)
    expect(share([11, 0, 1])).toBeLessThan(8)
    expect(share([5, 6, 7])).toBeGreaterThan(10)
    expect(share([5, 6, 7])).toBeLessThan(20)
  })
})

describe('a controller of the town', () => {
  test('works its reference out anew as soon as a setting changes, and the flow follows within a quarter of an hour', () => {
    const town = smallTown(3)
    live(town, day / 2, 5)
    const before = town.state(1).heating
    town.obey(1, usualSettings(1.6))
    const after = town.state(1).heating
    expect(after.reference).toBeGreaterThan(before.reference + 5)
    expect(after.flow).toBeCloseTo(before.flow ?? 0, 5)
    live(town, 900, 5)
    expect(town.state(1).heating.flow).toBeGreaterThan(after.reference - 3)
  })

  test('stops above its cut-out, and its pipes cool', () => {
    const town = smallTown(2)
    live(town, day / 4, 5)
    town.obey(0, usualSettings(1.2, { cutOut: -20 }))
    live(town, day / 2, 5)
    const { on, cutOut, flow } = town.state(0).heating
    expect([on, cutOut]).toEqual([false, true])
    expect(flow).toBeLessThan(25)
  })

  test('calls a flow that stays away from its reference an alarm after ten minutes', () => {
    const town = smallTown(2)
    live(town, day / 2, 5)
    town.hurt(fault('heatingValveStuck', 'House 1', { opening: -100 }))
    live(town, 300, 5)
    expect(town.state(0).alarms.flowDeviation).toBe(false)
    live(town, 2_400, 5)
    expect(town.state(0).alarms.flowDeviation).toBe(true)
    expect(town.state(1).alarms.flowDeviation).toBe(false)
  })

  test('rests its pump when it is told to, believes the outdoor temperature that it is told, and lets hot water go first', () => {
    const town = smallTown(2)
    live(town, day / 4, 5)
    const [usual, other] = [town.truth(0), town.truth(1)]
    town.obey(0, { ...usualSettings(1.1), pumps: { heating: 1, water: 0 } })
    town.obey(1, { ...usualSettings(1.2), outdoor: -20 })
    live(town, day / 2, 5)
    expect(town.truth(0).room).toBeLessThan(usual.room - 1)
    expect(town.truth(1).heatingFlow).toBeGreaterThan(other.heatingFlow + 8)
    const lone = smallTown(2)
    const set = usualSettings(1.1)
    lone.obey(0, { ...set, heating: { ...set.heating, waterPriority: true } })
    let starved = 0
    live(lone, day, 5, () => {
      const { heating, water } = lone.state(0)
      if (water.opening > 35 && (heating.flow ?? 99) < heating.reference - 4) starved++
    })
    expect(starved).toBeGreaterThan(0)
  })

  test('goes on from long steps to short ones without a jerk of its valve', () => {
    const town = smallTown(3)
    live(town, day / 4, 180)
    const before = [0, 1, 2].map((i) => town.state(i).heating.opening)
    town.step(5)
    for (const i of [0, 1, 2]) expect(Math.abs(town.state(i).heating.opening - (before[i] ?? 0))).toBeLessThan(1)
  })

  test('refuses a step that no part of it stands', () => {
    const town = smallTown(1)
    for (const seconds of [0, -5, 181, Number.NaN]) expect(() => town.step(seconds)).toThrow(RangeError)
  })
})
