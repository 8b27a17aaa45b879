import { describe, expect, test } from 'vitest'
import { besideFreezes, checkMeter } from './check.ts'
import { consumedBetween } from './consumed.ts'
import { faultsOf, zerosOf } from './faults.ts'
import { frozenHours, groupFreezes, type Freeze } from './freeze.ts'
import { hourMs, plainRules, registerOf } from './register.ts'
import type { Stretch } from './stretches.ts'
import { columnsOf, measured } from './testing/data.ts'
import { madeHouse } from './testing/house.ts'
import { meterOf, shippedLimits } from './testing/meter.ts'
import { walkRegister } from './walk.ts'

const rowsOf = (stretches: readonly Stretch[]) => stretches.reduce((sum, { rows }) => sum + rows, 0)
const rangeOf = (name: string) => shippedLimits.ranges[name] ?? { min: 0, max: 0, codes: [] }

describe('three made houses behind one gateway that froze', () => {
  const [start, length] = [100, 17]
  const houses = [1, 2, 3].map((seed) => {
    const house = madeHouse(192, { seed })
    for (const column of Object.values(house)) if (column !== house.at) column.fill(column[start - 1] as number, start, start + length)
    return meterOf(house.at, { ...house, return: house.back }, { designPower: 8, permanentFlow: 0.6, smallestFlow: 0.006 })
  })
  const freezes = houses.flatMap(({ at, measured: values }, i) =>
    frozenHours(at, Object.values(values), shippedLimits).map((one): Freeze => ({ device: `house ${i}`, gateway: 'gw', ...one })),
  )

  test('are one finding, and the meters none', () => {
    const { groups, single } = groupFreezes(freezes, () => 3, shippedLimits)
    expect(groups).toMatchObject([{ devices: ['house 0', 'house 1', 'house 2'], hours: length }])
    expect(single).toEqual([])
    for (const house of houses) {
      expect(checkMeter(house).map(({ rule }) => rule)).toContain('noEnergy')
      expect(besideFreezes(checkMeter(house), groups)).toEqual([])
    }
  })

  test('catch up afterwards: the energy of the time is spread over it evenly, and said to be', () => {
    const house = madeHouse(192)
    const truth = house.energy.slice()
    house.energy.fill(truth[start - 1] as number, start, start + length)
    const walked = walkRegister(registerOf(house.at, house.energy, 2 * hourMs), [], { ...plainRules, resolution: 0.001, mostPerHour: 12 })
    expect(walked.events).toMatchObject([{ kind: 'catchUp', samples: length }])
    const at = (hour: number) => (house.at[0] as number) + hour * hourMs
    const hours = consumedBetween(
      walked,
      Array.from({ length: length + 2 }, (_, i) => at(start - 1 + i)),
    )
    const whole = (truth[start + length] as number) - (truth[start - 1] as number)
    for (const { value, interpolated, valid } of hours) {
      expect(value).toBeCloseTo(whole / (length + 1), 6)
      expect(interpolated).toBeCloseTo(whole / (length + 1), 6)
      expect(valid).toBe(0)
    }
  })
})

/** XAI4HEAT project, Nis district heating: two substations as their SCADA stored them, with all that went wrong. */
const files = measured('nis-scada/L4.csv.gz', 'nis-scada/L22.csv.gz')
const plants = files.map(({ name, path }) => {
  const columns = columnsOf(path, 'datetime')
  const column = (one: string) => columns.get(one) ?? new Float64Array()
  const at = column('datetime')
  const energy = column('e').map((mwh) => mwh * 1000)
  const [supply, back] = [column('t_sup_prim'), column('t_ret_prim')]
  const all = {
    energy,
    power: column('pe'),
    supply,
    return: back,
    outdoor: column('t_amb'),
    secondaryFlow: column('t_sup_sec'),
    secondaryReturn: column('t_ret_sec'),
  }
  const known = name.includes('L4')
    ? {
        short: 'L4',
        designPower: 800,
        runs: 345,
        rows: 5665,
        longest: 944,
        outdoor: 355,
        secondary: 356,
        jumps: 1,
        season: [642.8, 659.2, 2.6],
      }
    : {
        short: 'L22',
        designPower: 350,
        runs: 35,
        rows: 1011,
        longest: 804,
        outdoor: 611,
        secondary: 552,
        jumps: 0,
        season: [313.8, 327.2, 4.3],
      }
  return { at, energy, all, ...known }
})

describe.each(plants)('five years of a real substation: $short', ({ at, energy, all, designPower, ...known }) => {
  const rules = { ...plainRules, resolution: 1, mostPerHour: designPower * shippedLimits.power.timesDesign }
  const walked = walkRegister(registerOf(at, energy, 2.5 * hourMs), [], rules)

  test('every drop-out to zero is found', () => {
    const runs = zerosOf(at, [all.supply, all.return, energy])
    expect([runs.length, rowsOf(runs), Math.max(...runs.map(({ rows }) => rows))]).toEqual([known.runs, known.rows, known.longest])
  })

  test('every value that a broken sensor shows is found', () => {
    const count = (name: 'outdoor' | 'secondaryFlow' | 'secondaryReturn') => {
      const { codes, outside } = faultsOf(at, all[name], rangeOf(name))
      return rowsOf(codes) + rowsOf(outside)
    }
    expect([count('outdoor'), count('secondaryFlow'), count('secondaryReturn')]).toEqual([known.outdoor, known.secondary, known.secondary])
  })

  test('a jump of the register is no consumption', () => {
    const jumps = walked.events.filter(({ kind }) => kind === 'jump')
    expect(jumps).toHaveLength(known.jumps)
    for (const { before, after, from, to } of jumps) {
      expect([before, after].map(Math.round)).toEqual([168_430, 14_204_278])
      expect([from, to]).toEqual([Date.UTC(2019, 9, 3, 12), Date.UTC(2019, 9, 4, 15)])
    }
    // The register alone says what was used, since nothing else happened to it.
    const after = walked.at.findIndex((when) => when > Date.UTC(2021, 5, 1))
    const used = consumedBetween(walked, [walked.at[after] as number, walked.at.at(-1) as number])[0]?.value ?? 0
    expect(used).toBeCloseTo((walked.value.at(-1) as number) - (walked.value[after] as number), 6)
  })

  test('counted energy and the sum of the power agree over a season as well as the meter does', () => {
    const [begin, end] = [Date.UTC(2022, 10, 6), Date.UTC(2023, 2, 31)]
    const used = (consumedBetween(walked, [begin, end])[0]?.value ?? 0) / 1000
    let summed = 0
    for (let i = 1; i < at.length; i++) {
      const [before, now, kw] = [at[i - 1] as number, at[i] as number, all.power[i - 1] as number]
      if (before >= begin && now < end && kw < 10_000) summed += (kw * (now - before)) / hourMs / 1000
    }
    const [energyMwh = 0, powerMwh = 0, percent = 0] = known.season
    expect(Math.abs(used / energyMwh - 1)).toBeLessThan(0.001)
    expect(Math.abs(summed / powerMwh - 1)).toBeLessThan(0.001)
    expect(Math.abs((summed / used - 1) * 100 - percent)).toBeLessThan(0.1)
  })

  test('little is found that is not so: no meter of the two is the wrong way round for long', () => {
    const found = checkMeter(meterOf(at, all, { designPower }))
    const count = (rule: string) => found.filter((one) => one.rule === rule).length
    expect(count('jump')).toBe(known.jumps)
    expect(count('stuck')).toBe(0)
    expect(count('swapped')).toBeLessThan(6)
    expect(count('coldSupply')).toBeLessThan(6)
    expect(count('noEnergy')).toBeLessThan(8)
  })
})

describe.each(plants.length === 2 ? ['L4 and L22'] : [])('the gateway of %s', () => {
  test('froze for 17 hours, which is one finding and not one of each meter', () => {
    const freezes = plants.flatMap(({ at, all, short }) => {
      const meter = meterOf(at, all)
      return frozenHours(meter.at, Object.values(meter.measured), shippedLimits).map((one): Freeze => ({
        device: short,
        gateway: 'nis',
        ...one,
      }))
    })
    const { groups } = groupFreezes(freezes, () => 2, shippedLimits)
    const found = groups.filter(({ from, to }) => from < Date.UTC(2023, 11, 1) && to > Date.UTC(2023, 10, 30, 14))
    expect(found).toEqual([{ devices: ['L4', 'L22'], from: Date.UTC(2023, 10, 30, 15), to: Date.UTC(2023, 11, 1, 8), hours: 17 }])
    const [first] = plants
    if (!first) throw new Error('no plant')
    const during = (rule: string) =>
      checkMeter(meterOf(first.at, first.all, { designPower: first.designPower })).filter(
        (one) => one.rule === rule && one.from === found[0]?.from,
      )
    expect(during('noEnergy')).toHaveLength(1)
    expect(besideFreezes(during('noEnergy'), groups)).toEqual([])
  })
})
