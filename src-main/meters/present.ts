import { slotMs } from '#shared/meters/slots.ts'
import type { Meter } from '#shared/meters/contract.ts'
import { isOwn } from '#shared/profiles/name.ts'
import type { Latest } from '../latest.ts'
import { checksOf, identityNow, valuesOf } from './parts.ts'
import { yearOf, type Known } from './registry.ts'

const yearMs = 365 * 24 * 3_600_000

/** A meter as clients see it. */
export function presentMeter({ meter, device }: Known, latest: Latest, now: number): Meter {
  const { id, part, firstSeen, power, restMs, otherSerial, otherSince } = meter
  const spared = power === 'battery' && restMs > 0
  const values = valuesOf(device, part)
  const seen = Object.values(values).map((series) => latest.get(series)?.at ?? 0)
  const lastRead = Math.max(meter.lastRead ?? 0, ...seen) || null
  const told = identityNow(device, part, latest)
  const { maker, medium, version, serial } = meter
  return {
    id,
    device: device.id,
    part,
    name: device.name,
    place: device.place,
    way: part === '' ? 'direct' : 'controller',
    identity: { serial, maker: maker ?? told.maker, medium: medium ?? told.medium, version: version ?? told.version },
    firstSeen,
    recognised: !isOwn(device.profile.id),
    profileTitle: `${device.profile.maker} ${device.profile.model}`,
    power,
    baud: part === '' ? (device.address.serial?.baud ?? null) : null,
    restMs: spared ? restMs : 0,
    lastRead,
    nextRead: spared ? nextSlot((meter.lastRead ?? now - restMs) + restMs, now) : null,
    reads: spared ? { used: meter.readsYear === yearOf(now) ? meter.reads : 0, yearly: Math.round(yearMs / restMs) } : null,
    changedTo: otherSerial !== null && otherSince !== null ? { serial: otherSerial, at: otherSince } : null,
    values,
    checks: checksOf(device, part),
  }
}

/** A meter that rests is read for a quarter hour: the first that begins when its rest is over. */
function nextSlot(rested: number, now: number): number {
  return Math.ceil(Math.max(rested, now) / slotMs) * slotMs
}
