import { z } from 'zod'

const names = z.array(z.string().trim().min(1).max(60)).max(20)

/**
 * Which fields of a gateway's messages mean what. Gateways let people choose these names, so the list is a starting point and
 * not a fact about any of them.
 */
export const formatSchema = z
  .object({
    member: names.describe('Fields that name the device behind the gateway'),
    time: names.describe('Fields that hold the time stamp'),
    key: names.describe('Fields that name the value, where a message is one value'),
    value: names.describe('Fields that hold that value'),
    skip: names.describe('Fields that are never offered as values'),
    zone: z.string().max(60).refine(isZone, 'is no time zone').describe('IANA time zone of time stamps that do not name one'),
  })
  .meta({ id: 'GatewayFormat' })
export type GatewayFormat = z.infer<typeof formatSchema>

export const usualFormat: GatewayFormat = {
  member: ['device', 'device_name', 'deviceName', 'server_name', 'slave', 'meter'],
  time: ['timestamp', 'ts', 'time', 'date'],
  key: ['name', 'key', 'tag', 'register', 'point'],
  value: ['value', 'data', 'val', 'v'],
  skip: ['id', 'ip', 'addr', 'size', 'full'],
  zone: 'UTC',
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
