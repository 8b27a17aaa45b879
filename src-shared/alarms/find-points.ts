import { meterChecks, meterValues } from '../meters/contract.ts'
import type { Point } from '../devices/profile.ts'
import type { RuleDevice } from './planned.ts'

/** What a meter has under the same name, whether it is read directly or by a controller. */
const ofMeters: ReadonlySet<string> = new Set([...meterValues, ...meterChecks, 'temperatureDifference', 'maxPower', 'maxFlow'])

type Bearer<P> = { points: readonly P[]; series: readonly number[]; served: (point: P) => boolean }
type Named<P> = { point: P; series: number }
export type NamedPoint = Named<Point>

/**
 * Points of a device that a rule means by a name; those that the device does not serve are left out. A name is the id of a point, such as
 * `circuit2.flow`, or stands for several: without the number it means the same point of every circuit or meter (`circuit.flow`: circuit1.flow,
 * circuit2.flow; `alarm`: alarm1, alarm2), and what a meter measures (`energy`) also means it of every meter of a controller (meter1.energy).
 */
export function pointsNamed<P extends { id: string }>(name: string, device: Bearer<P>): Named<P>[] {
  const found: Named<P>[] = []
  device.points.forEach((point, i) => {
    const series = device.series[i]
    if (series !== undefined && isNamed(point.id, name) && device.served(point)) found.push({ point, series })
  })
  return found
}

/**
 * The one point that a name means beside another point of the same device, such as the reference beside a flow temperature: that of the same
 * circuit or meter. Where the other is in no circuit or in one of another sort, the name itself or else the first that it means.
 */
export function pointBeside(name: string, other: string, device: RuleDevice): NamedPoint | null {
  const found = pointsNamed(name, device)
  const exact = found.find(({ point }) => point.id === name)
  if (exact && numberAt(name) > 0) return exact
  const group = groupOf(other)
  const same = found.find(({ point }) => group !== '' && groupOf(point.id) === group)
  if (same) return same
  const sort = withoutNumber(group)
  const others = found.filter(({ point }) => sort === '' || withoutNumber(groupOf(point.id)) !== sort)
  return others.find(({ point }) => point.id === name) ?? others[0] ?? null
}

function isNamed(id: string, name: string): boolean {
  if (id === name) return true
  if (id.length <= name.length) return false
  const { start, end } = numberIn(id)
  if (end === start) return false
  if (id.length - (end - start) === name.length) return id.startsWith(name.slice(0, start)) && id.endsWith(name.slice(start))
  return start === 5 && id.startsWith('meter') && ofMeters.has(name) && id.length === end + 1 + name.length && id.endsWith(name)
}

const isDigit = (code: number) => code >= 48 && code <= 57

/** Where the number at the end of the first word stands; empty when it has none. */
function numberIn(id: string): { start: number; end: number } {
  const dot = id.indexOf('.')
  const end = dot < 0 ? id.length : dot
  let start = end
  while (start > 0 && isDigit(id.charCodeAt(start - 1))) start--
  return { start, end }
}

const numberAt = (id: string) => {
  const { start, end } = numberIn(id)
  return end - start
}

/** Circuit or meter of a point, such as circuit2; empty when it stands alone. */
const groupOf = (id: string) => (id.includes('.') ? id.slice(0, id.indexOf('.')) : '')
const withoutNumber = (word: string) => word.slice(0, numberIn(word).start)
