import type { Calendar } from '../calendar.ts'
import type { Point } from '../devices/profile.ts'
import type { Check } from './check.ts'
import { consumptionCheck } from './checks/consumption.ts'
import { controllerCheck } from './checks/controller.ts'
import { deviationCheck } from './checks/deviation.ts'
import { gated, type OpenWhen } from './checks/gated.ts'
import { limitCheck } from './checks/limit.ts'
import { missingCheck } from './checks/missing.ts'
import { rateCheck } from './checks/rate.ts'
import { sensorCheck } from './checks/sensor.ts'
import { stuckCheck } from './checks/stuck.ts'
import { keyOf } from './condition-key.ts'
import { alarmTestOf, controllerAlarmPoints } from './controller.ts'
import { delaysOf, overrideOf, testWith } from './effective.ts'
import { pointBeside, pointsNamed, type NamedPoint } from './find-points.ts'
import type { Planned, RuleDevice } from './planned.ts'
import { moreUrgent } from './priority.ts'
import { levels, type AlarmTest, type Gate, type Rule, type TestOf } from './rule.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Long enough to know which sensors there are; all measured points of all devices look back so far. */
const sensorMemoryMs = 24 * hourMs
/** A day of 25 hours, and the sample before it. */
const dayMemoryMs = 27 * hourMs
/** More than this cannot be counted in an hour. */
const mostPerHour: Partial<Record<Point['is'], number>> = { energy: 1_000_000, volume: 20_000 }

/** What one kind of test makes of a device: a condition of a point, before delays and gates. */
type Part = {
  found: NamedPoint
  part?: string
  make: () => Check
  memoryMs?: number
  /** One step more urgent than the rule. */
  outer?: boolean
  beneath?: string
}

/**
 * Conditions of a rule on a device that is in its scope, whether or not the rule is enabled. What the device does not have or does not serve
 * gives none, nor does a point beside which a point of `while` is missing. Names of points may stand for several, see `pointsNamed`; gates and
 * references are those of the same circuit or meter. `now` (UTC ms) decides which overrides have ended. None for kinds that no reading tells.
 */
export function conditionsOf(rule: Rule, device: RuleDevice, calendar: Calendar, now: number): Planned[] {
  const override = overrideOf(rule, device.id, now)
  if (override?.off) return []
  const delays = delaysOf(rule, override)
  const planned = new Map<string, Planned>()
  for (const one of partsOf(testWith(rule.test, override), device, calendar)) {
    const { point, series } = one.found
    const gates = gatesOf(rule.while, point, device)
    if (!gates) continue
    const place = (part: string) => ({ rule: rule.id, device: device.id, point: point.id, part })
    planned.set(keyOf(place(one.part ?? '')), {
      place: place(one.part ?? ''),
      priority: one.outer ? moreUrgent(rule.priority) : rule.priority,
      series,
      point,
      delays,
      make: gates.length > 0 ? () => gated(one.make(), gates) : one.make,
      memoryMs: one.memoryMs ?? 0,
      beneath: one.beneath === undefined ? null : keyOf(place(one.beneath)),
    })
  }
  return [...planned.values()]
}

function partsOf(test: AlarmTest, device: RuleDevice, calendar: Calendar): Part[] {
  switch (test.kind) {
    case 'limit':
      return limitParts(test, device)
    case 'rate':
      if (test.rise === null && test.fall === null) return []
      return named(test.points, device).map((found) => ({
        found,
        make: () => rateCheck(found.series, test),
        memoryMs: Math.max(2 * test.minutes, test.minutes + 20) * minuteMs,
      }))
    case 'deviation':
      return deviationParts(test, device)
    case 'consumption':
      return consumptionParts(test, device, calendar)
    case 'controller':
      return (test.points.length > 0 ? named(test.points, device) : servedOf(controllerAlarmPoints(device.points), device)).map(
        (found) => ({
          found,
          make: () => controllerCheck(found.series, alarmTestOf(found.point)),
        }),
      )
    case 'sensor': {
      const any = test.points.length === 0
      return (any ? measured(device) : named(test.points, device)).map((found) => ({
        found,
        make: () => sensorCheck(found.series, test.polls, any),
        memoryMs: any ? sensorMemoryMs : 0,
      }))
    }
    case 'stuck':
      return named(test.points, device).map((found) => ({
        found,
        make: () => stuckCheck(found.series, test.hours * hourMs, test.within),
        memoryMs: test.hours * hourMs + 15 * minuteMs,
      }))
    case 'missing': {
      const any = test.points.length === 0
      return (any ? measured(device) : named(test.points, device)).map((found) => ({
        found,
        make: () => missingCheck(found.series, test.hours * hourMs, any),
        memoryMs: any ? Math.max(sensorMemoryMs, test.hours * hourMs) : test.hours * hourMs,
      }))
    }
    case 'offline':
    case 'meter':
    case 'health':
      return []
  }
}

function limitParts(test: TestOf<'limit'>, device: RuleDevice): Part[] {
  return named(test.points, device).flatMap((found) =>
    levels.flatMap((part) => {
      const limit = test[part]
      if (limit === null) return []
      const side = part === 'high' || part === 'highHigh' ? 1 : -1
      const outer = part === 'highHigh' || part === 'lowLow'
      const above = part === 'high' ? 'highHigh' : part === 'low' ? 'lowLow' : null
      return [
        {
          found,
          part,
          outer,
          make: () => limitCheck(found.series, side, limit, test.deadband),
          ...(above !== null && test[above] !== null && { beneath: above }),
        },
      ]
    }),
  )
}

function deviationParts(test: TestOf<'deviation'>, device: RuleDevice): Part[] {
  if (test.above === null && test.below === null) return []
  const seen = new Set<string>()
  return test.pairs.flatMap((pair) =>
    pointsNamed(pair.point, device).flatMap((found) => {
      const reference = pointBeside(pair.reference, found.point.id, device)
      if (!reference || reference.point.id === found.point.id) return []
      const pairKey = `${found.point.id} ${reference.point.id}`
      if (seen.has(pairKey)) return []
      // A second pair of the same point is told apart by its reference.
      const part = seen.has(found.point.id) ? reference.point.id : ''
      seen.add(found.point.id).add(pairKey)
      return [{ found, part, make: () => deviationCheck(found.series, reference.series, test) }]
    }),
  )
}

function consumptionParts(test: TestOf<'consumption'>, device: RuleDevice, calendar: Calendar): Part[] {
  const { from, to, above, below } = test
  return named(test.points, device).flatMap((found) => {
    const most = mostPerHour[found.point.is] ?? Infinity
    const one = (part: string, side: 1 | -1, limit: number): Part => ({
      found,
      part,
      make: () => consumptionCheck(found.series, { side, limit, from, to, mostPerHour: most }, calendar),
      memoryMs: dayMemoryMs,
    })
    return [...(above === null ? [] : [one('high', 1, above)]), ...(below === null ? [] : [one('low', -1, below)])]
  })
}

/** Null when one of the points is missing. */
function gatesOf(gates: readonly Gate[], { id }: Point, device: RuleDevice): OpenWhen[] | null {
  const found: OpenWhen[] = []
  for (const { point, is, value } of gates) {
    const beside = pointBeside(point, id, device)
    if (!beside) return null
    found.push({ series: beside.series, is, value })
  }
  return found
}

const named = (names: readonly string[], device: RuleDevice) => names.flatMap((name) => pointsNamed(name, device))

/** What is measured on the device itself; formulas are not. */
const measured = (device: RuleDevice) =>
  servedOf(
    device.points.filter(({ role, formula }) => role === 'measure' && !formula),
    device,
  )

function servedOf(points: readonly Point[], device: RuleDevice): NamedPoint[] {
  const wanted = new Set(points)
  return device.points.flatMap((point, i) => {
    const series = device.series[i]
    return series !== undefined && wanted.has(point) && device.served(point) ? [{ point, series }] : []
  })
}
