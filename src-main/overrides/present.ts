import { offValue, shownDecimals } from '#shared/devices/codec.ts'
import type { Point } from '#shared/devices/profile.ts'
import { barOf } from '#shared/devices/writing.ts'
import type { Lease, Override, OverrideKind } from '#shared/overrides/contract.ts'
import { units } from '#shared/units.ts'
import type { Host } from '../capability.ts'
import type { LeaseRow } from './lease-store.ts'
import type { Stand } from './standing.ts'

/** What stands, as clients see it; `by` is who set it from here. */
export function presentOverride({ device, point, series, value, since }: Stand, by: string | null): Override {
  return {
    device: device.id,
    name: device.name,
    point: shownPoint(point, series),
    kind: kindOf(point, value),
    value,
    automatic: point.automatic?.[0] ?? 0,
    since,
    by,
    present: device.contact.state === 'online' || device.contact.state === 'degraded',
    needs: point.write && barOf(point, device.profile) === null ? point.write.level : null,
  }
}

export function presentLease(host: Host, row: LeaseRow): Lease {
  const device = host.plant.get(row.device)
  const i = device?.profile.points.findIndex(({ id }) => id === row.point) ?? -1
  const point = device?.profile.points[i]
  const { id, value, fallback, lifetimeMs, owner, actor, state, reason, outcome, found, attempts, createdAt, expiresAt, endedAt } = row
  return {
    id,
    value,
    fallback,
    owner,
    actor,
    state,
    reason,
    outcome,
    found,
    attempts,
    createdAt,
    expiresAt,
    endedAt,
    device: row.device,
    name: device?.name ?? row.device,
    point: point ? shownPoint(point, device?.series[i] ?? 0) : null,
    pointId: row.point,
    lifetimeS: lifetimeMs / 1000,
  }
}

function shownPoint(point: Point, series: number): Override['point'] {
  const { id, number, is, title = null, values = null } = point
  return { id, series, number, is, unit: units[is], decimals: shownDecimals(point), title, values: values ?? null, off: offValue(point) }
}

function kindOf({ id, values, write }: Point, value: number): OverrideKind {
  const name = values?.[value] ?? ''
  if (name === 'mode.manual' || (id.endsWith('.manual') && !write)) return 'manual'
  return name.startsWith('mode.') ? 'mode' : 'output'
}
