import type { Way } from '../devices/way.ts'
import { wayOf } from './address.ts'
import type { Cause, CauseCode, Line, LineUnit, Outcome } from './line.ts'

type Facts = Pick<Line, 'address' | 'units' | 'reconnects'>

/** Fewer requests say nothing about a share of them. */
const fewest = 16
const damagedShare = 0.02
const silentShare = 0.05
const refusedShare = 0.2
const manyReconnects = 3
/** One device counts as slow when it takes so many times as long as the others, and long enough to matter. */
const slowTimes = 4
const slowMs = 200

/** Where bytes run on a bus that we, or a converter without understanding, talk on. */
const onBus: ReadonlySet<Way> = new Set<Way>(['modbus-serial', 'modbus-rtu-tcp', 'mbus-serial', 'mbus-tcp'])

/** What is probably wrong with a line, the worst first; `fine` or `waiting` alone when nothing is. */
export function diagnose(line: Facts): Cause[] {
  const asked = line.units.filter((unit) => unit.contact.state !== 'waiting' || unit.requests > 0)
  if (asked.length === 0) return [of('waiting')]
  const down = asked.filter(({ contact }) => contact.state === 'offline')
  const found = down.length === asked.length ? ofAll(down, line) : [...ofSome(down), ...ofRunning(asked, line)]
  return found.length > 0 ? found : [of('fine')]
}

/** Nobody answers: that is the line. */
function ofAll(down: readonly LineUnit[], line: Facts): Cause[] {
  const codes = new Set(down.map(({ contact }) => contact.failure?.code ?? ''))
  const failure = down.find(({ contact }) => /^device\.(port|line|refused|unreachable|nameUnknown)/.test(contact.failure?.code ?? ''))
  if (failure) return [byFailure(failure)]
  if (codes.has('device.gateway')) return [of('gatewayAll', null, { count: down.length })]
  if (codes.has('device.badAnswer') && onBus.has(wayOf(line.address))) return [of('garbled')]
  if (codes.has('device.closed')) return [of('otherClient')]
  if (codes.has('device.silent')) return [onBus.has(wayOf(line.address)) ? of('silentLine') : silentAddress(down)]
  return down[0] ? [byFailure(down[0])] : []
}

function silentAddress(down: readonly LineUnit[]): Cause {
  return of('silentAddress', down.length === 1 ? (down[0] ?? null) : null, { unit: down[0]?.address.unit ?? 0 })
}

/** Others on the same line answer, so the line is good. */
function ofSome(down: readonly LineUnit[]): Cause[] {
  const by = (code: string) => down.filter(({ contact }) => contact.failure?.code === code)
  const silent = by('device.silent')
  const gateway = by('device.gateway')
  const rest = down.filter((unit) => !silent.includes(unit) && !gateway.includes(unit))
  const [one, second] = silent
  return [
    ...(one ? [second ? of('silentSome', null, many(silent)) : of('silentOne', one)] : []),
    ...(gateway.length > 0 ? [of('gatewaySome', gateway.length === 1 ? (gateway[0] ?? null) : null, many(gateway))] : []),
    ...rest.map((unit) => (unit.contact.failure?.code === 'device.badAnswer' ? of('garbledOne', unit) : byFailure(unit))),
  ]
}

function ofRunning(asked: readonly LineUnit[], line: Facts): Cause[] {
  const up = asked.filter(({ contact }) => contact.state !== 'offline')
  const enough = up.filter((unit) => total(unit) >= fewest)
  const damaged = enough.filter((unit) => share(unit, 'damaged') > damagedShare)
  const foreign = up.filter(({ recent }) => (recent.foreign ?? 0) > 1)
  const lossy = enough.filter((unit) => share(unit, 'silent') > silentShare)
  const refusing = enough.filter((unit) => share(unit, 'refused') > refusedShare)
  const closed = up.reduce((sum, { recent }) => sum + (recent.closed ?? 0), 0)
  const late = up.filter(({ cycleMs, dueMs }) => cycleMs !== null && dueMs !== null && cycleMs > dueMs)
  const slowest = late.toSorted((a, b) => (b.cycleMs ?? 0) - (a.cycleMs ?? 0))[0]
  const slow = slowOne(up)
  const found: Cause[] = []
  if (foreign.length > 0) found.push(of('twoMasters'))
  else if (damaged.length > 0) found.push(ofDamage(damaged, enough))
  if (closed >= manyReconnects || line.reconnects >= manyReconnects)
    found.push(of('closes', null, { count: Math.max(closed, line.reconnects) }))
  for (const unit of lossy) found.push(of('lossy', unit, { percent: Math.round(share(unit, 'silent') * 100) }))
  if (slow) found.push(of('slowOne', slow, { ms: Math.round(slow.answerMs ?? 0) }))
  if (slowest) found.push(of('slowCycle', slowest, { cycleS: seconds(slowest.cycleMs), dueS: seconds(slowest.dueMs), count: up.length }))
  for (const unit of refusing) found.push(of('refusing', unit, { percent: Math.round(share(unit, 'refused') * 100) }))
  return found
}

/** Damage at one of several devices lies near that device; damage at all of them is the line. */
function ofDamage(damaged: readonly LineUnit[], enough: readonly LineUnit[]): Cause {
  const percent = Math.round(Math.max(...damaged.map((unit) => share(unit, 'damaged'))) * 100)
  const [one] = damaged
  return one && damaged.length === 1 && enough.length > 1 ? of('damagedOne', one, { percent }) : of('damaged', null, { percent })
}

function slowOne(up: readonly LineUnit[]): LineUnit | undefined {
  const known = up.filter((unit) => unit.answerMs !== null).toSorted((a, b) => (b.answerMs ?? 0) - (a.answerMs ?? 0))
  const [slowest, next] = known
  if (!slowest || !next) return undefined
  const ms = slowest.answerMs ?? 0
  return ms > slowMs && ms > slowTimes * (next.answerMs ?? 0) ? slowest : undefined
}

const total = ({ recent }: LineUnit) => Object.values(recent).reduce((sum, count) => sum + count, 0)
const share = (unit: LineUnit, outcome: Outcome) => (unit.recent[outcome] ?? 0) / Math.max(1, total(unit))
const seconds = (ms: number | null) => Math.round((ms ?? 0) / 100) / 10
const many = (units: readonly LineUnit[]) => ({ count: units.length, names: units.map(({ name }) => name).join(', ') })

function of(cause: CauseCode, unit: LineUnit | null = null, params: Cause['params'] = {}): Cause {
  return { cause, device: unit?.device ?? null, params: unit ? { name: unit.name, unit: unit.address.unit, ...params } : params }
}

function byFailure({ device, contact }: LineUnit): Cause {
  return { cause: 'failure', device, params: { ...contact.failure?.params, code: contact.failure?.code ?? 'device.offline' } }
}
