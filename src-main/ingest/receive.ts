import { meaningOf } from '#shared/devices/codec.ts'
import { Failure } from '#shared/failures.ts'
import type { Tally } from '#shared/ingest/contract.ts'
import type { SeriesReading } from '#shared/reading.ts'
import type { StoredGateway } from './gateways.ts'
import type { Members } from './members.ts'
import { numberOf, readMessage, type SentValue } from './message.ts'
import { readStamp } from './stamp.ts'
import { noTally } from './tally.ts'
import type { Traffic } from './traffic.ts'

export type Received = { readings: SeriesReading[]; devices: ReadonlySet<string>; tally: Tally }

/**
 * What the body of a request means: readings at whole seconds of the points it is mapped to, and the devices that were heard of.
 * Every value is noted in `traffic`. Throws ingest.unreadable and ingest.tooLarge.
 */
export function readBody(
  body: { text: string; type: string },
  gateway: StoredGateway,
  members: Members,
  traffic: Traffic,
  now: number,
): Received {
  const tally = noTally()
  const readings: SeriesReading[] = []
  const devices = new Set<string>()
  const values = readMessage(body.text, body.type, gateway.format)
  if (values.length === 0) throw new Failure('ingest.unreadable', { reason: 'there is no value in it' })
  for (const value of values) {
    tally.values++
    const at = value.stamp === undefined ? Math.floor(now / 1000) * 1000 : readStamp(value.stamp, gateway.format.zone, now)
    traffic.hear(value, typeof at === 'number' ? at : null, now)
    if (value.stamp === undefined) tally.noTime++
    if (typeof at !== 'number') {
      tally[at]++
      continue
    }
    const reading = readingOf(value, at, gateway.id, members)
    if (typeof reading === 'string') tally[reading]++
    else readings.push(reading)
    const device = members.device(gateway.id, value.member)
    if (device) devices.add(device.id)
  }
  return { readings, devices, tally }
}

function readingOf(
  { member, key, raw }: SentValue,
  at: number,
  gateway: string,
  members: Members,
): SeriesReading | 'unmapped' | 'notNumbers' {
  const target = members.target(gateway, member, key)
  if (!target) return 'unmapped'
  const number = numberOf(raw)
  if (number === undefined) return 'notNumbers'
  const { value, quality } = meaningOf(target.point, number ?? Number.NaN)
  return { series: target.series, at, value, quality }
}
