import type { Point } from '#shared/devices/profile.ts'
import type { IngestKey, Mapping } from '#shared/ingest/contract.ts'
import type { Members } from './members.ts'
import type { Key } from './traffic.ts'

/** Everything that has come, and everything mapped that has not come yet, by device and key. */
export function presentKeys(gateway: string, keys: readonly Key[], members: Members): IngestKey[] {
  const heard = new Set(keys.map(({ member, key }) => placeOf(member, key)))
  const quiet = members.of(gateway).flatMap(({ address: { member = '' }, profile }) =>
    profile.points.flatMap(({ from }): Key[] => {
      if (from === undefined || heard.has(placeOf(member, from))) return []
      return [{ member, key: from, raw: '', number: null, at: null, arrived: null, count: 0 }]
    }),
  )
  return [...keys, ...quiet]
    .map((key) => {
      const point = members.target(gateway, key.member, key.key)?.point
      return { ...key, device: members.device(gateway, key.member)?.id ?? null, mapped: point ? mappingOf(point) : null }
    })
    .sort((a, b) => compare(a.member, b.member) || compare(a.key, b.key))
}

function mappingOf({ id, from = '', title, is, role, scale, offset }: Point): Mapping {
  return {
    key: from,
    point: id,
    ...(title === undefined ? {} : { title }),
    is,
    role: role === 'state' ? 'state' : 'measure',
    scale,
    offset,
  }
}

const placeOf = (member: string, key: string) => JSON.stringify([member, key])

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
