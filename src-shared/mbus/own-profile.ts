import type { Profile, ProfilePoint } from '../devices/profile.ts'
import { quantityOf } from './convert.ts'
import { mediumOf, type MeterIdentity } from './header.ts'
import { knownPoints } from './known-points.ts'
import type { MeterRecord } from './record.ts'
import { selectorOf } from './selector.ts'
import type { Telegram } from './telegram.ts'

const mostPoints = 200
const withoutError = { instant: 'instant', maximum: 'maximum', minimum: 'minimum', error: 'instant' } as const
const numeric = new Set(['number', 'large', 'absent'])
const ids = new Map<string, string>(Object.entries(knownPoints).map(([id, { from }]) => [from, id]))
/** How a selector says what people call otherwise. */
const asKnown = new Map([
  ['volumeFlow', 'flow'],
  ['volumeFlow/function=maximum', 'flow/function=maximum'],
  ['energy/note=backward', 'coolingEnergy'],
  ['energy/note=forward', 'energy'],
  ['errorFlags', 'infoCode'],
])

/**
 * A device file for a meter that no profile knows: every record of its answer that has a number is a point, those that are well
 * known under their usual name. What the meter measures stays as it says; what it means is for a person to judge.
 */
export function profileFor(telegrams: readonly Telegram[]): Profile {
  // What a meter in trouble sends as kept from before is what it measures when it is well.
  const records = telegrams
    .flatMap((telegram) => telegram.records)
    .map((record) => ({ ...record, function: withoutError[record.function] }))
  const identity = telegrams[0]?.header.identity ?? null
  const points: Record<string, ProfilePoint> = {}
  for (const record of records) {
    if (!numeric.has(record.value.kind) || record.quantity.startsWith('date')) continue
    const from = selectorOf(record, records)
    const id = idOf(from)
    if (id in points || Object.keys(points).length >= mostPoints) continue
    const role = record.function === 'instant' && record.storage === 0 ? 'measure' : 'state'
    const known = asKnown.get(from) ?? from
    points[id] = { from: known, is: quantityOf(record), role, ...(ids.has(known) ? {} : { title: titleOf(record) }) }
  }
  points['meterStatus'] = { from: 'header:status', role: 'state' }
  if (identity) points['meterSerial'] = { from: 'header:serial', is: 'text', role: 'state', text: 'serial' }
  const telling = ['energy', 'volume', 'power', 'flow', 'flowTemperature', 'returnTemperature'].filter((id) => id in points)
  return {
    maker: identity?.manufacturer ?? 'M-Bus',
    model: modelOf(identity),
    title: 'Meter that no profile knows: every record as the meter names it',
    source: 'An answer of the meter, decoded by EN 13757-3',
    proven: 'unverified',
    protocol: 'mbus',
    firstRegister: 0,
    limits: { block: 1, gap: 0, functions: [] },
    detect: {},
    points,
    key: telling.length > 0 ? telling : Object.keys(points).slice(0, 4),
    samples: [],
  }
}

/** The name that such a file has: the same for all meters that answer alike. */
export function ownProfileName(identity: MeterIdentity | null, document: Profile): string {
  const shape = Object.values(document.points ?? {}).map(({ from, is }) => `${from} ${is ?? ''}`)
  return [identity?.manufacturer ?? 'meter', identity?.version ?? '', identity?.medium ?? '', hashOf(shape.join('\n'))].join(' ')
}

function modelOf(identity: MeterIdentity | null): string {
  if (!identity) return 'Meter'
  return `${identity.manufacturer ?? 'Meter'}, version ${identity.version ?? '?'}, ${mediumOf(identity.medium)}`
}

/** Such as power.maximum.storage1. */
function idOf(from: string): string {
  const known = ids.get(asKnown.get(from) ?? from)
  if (known) return known
  return from
    .replaceAll(/function=|note=/g, '')
    .replaceAll(/[^A-Za-z0-9]+([a-z0-9]*)=?/g, '.$1')
    .replaceAll(/\.+/g, '.')
    .replaceAll(/\.(\d)/g, 'x$1')
    .replaceAll(/^\.|\.$/g, '')
}

function titleOf({ quantity, function: kind, storage, tariff, subunit, notes, maker, ownUnit }: MeterRecord): string {
  const words = quantity.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  const parts = [words.charAt(0).toUpperCase() + words.slice(1)]
  if (maker.length > 0) parts.push(maker.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' '))
  if (ownUnit) parts.push(ownUnit)
  if (kind !== 'instant') parts.push(kind)
  if (storage > 0) parts.push(`storage ${storage}`)
  if (tariff > 0) parts.push(`tariff ${tariff}`)
  if (subunit > 0) parts.push(`subunit ${subunit}`)
  return [...parts, ...notes].join(', ')
}

/** FNV-1a, eight hexadecimal digits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
