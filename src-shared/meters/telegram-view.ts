import { z } from 'zod'
import { mediumOf, type MeterStatus } from '../mbus/header.ts'
import { clockOf } from '../mbus/meter-time.ts'
import type { MeterRecord } from '../mbus/record.ts'
import { decodeTelegram, type Telegram } from '../mbus/telegram.ts'
import { hex } from '../mbus/text.ts'

/** Bits of the status byte of a meter, in the order in which they are said. */
export const statusWords = ['busy', 'applicationError', 'abnormal', 'powerLow', 'permanentError', 'temporaryError', 'maker'] as const

export const meterIdentitySchema = z
  .object({
    serial: z.string().nullable().describe('Eight digits, as on the meter'),
    maker: z.string().nullable().describe('Three letters, such as KAM'),
    medium: z.string().nullable().describe('Key of what is measured, such as heatOutlet'),
    version: z.number().int().nullable(),
  })
  .meta({ id: 'MeterIdentity' })
export type MeterIdentityInfo = z.infer<typeof meterIdentitySchema>

export const recordViewSchema = z
  .object({
    place: z.number().int().describe('Counted from 1'),
    quantity: z.string(),
    value: z.union([z.number(), z.string()]).nullable().describe('In the meter’s own unit; null when it has none'),
    absent: z.string().nullable().describe('Why there is no value'),
    unit: z.string(),
    function: z.enum(['instant', 'maximum', 'minimum', 'error']),
    storage: z.number(),
    tariff: z.number(),
    subunit: z.number(),
    notes: z.array(z.string()),
    maker: z.string().describe('The maker’s own codes, hexadecimal'),
    bytes: z.string().describe('As on the wire, hexadecimal'),
  })
  .meta({ id: 'MeterRecord' })

export const telegramViewSchema = z
  .object({
    at: z.number().describe('When it was read, UTC ms'),
    complete: z.boolean().describe('false: the meter had more that did not come'),
    identity: meterIdentitySchema,
    address: z.number().int().describe('Primary address that it answered from'),
    status: z.array(z.enum(statusWords)).describe('Empty: nothing to report'),
    statusByte: z.number().int(),
    clock: z.string().nullable().describe('The meter’s own local time'),
    records: z.array(recordViewSchema),
    maker: z.string().describe('The maker’s own bytes after the records, hexadecimal'),
    raw: z.array(z.string()).describe('Every part of the answer as it came, hexadecimal'),
  })
  .meta({ id: 'MeterTelegram' })
export type TelegramView = z.infer<typeof telegramViewSchema>

/** Decodes an answer of one or several parts for people. Throws `device.badAnswer` as the decoder does. */
export function viewOf(frames: readonly Uint8Array[], { at, complete }: { at: number; complete: boolean }): TelegramView {
  const telegrams = frames.map((frame) => decodeTelegram(frame))
  const [first] = telegrams
  if (!first) throw new RangeError('an answer without parts')
  const { identity, status } = first.header
  return {
    at,
    complete,
    identity: identityOf(first),
    address: first.address,
    status: wordsOf(status),
    statusByte: status.byte,
    clock: clockOf(telegrams),
    records: telegrams.flatMap(({ records }) => records).map((record, i) => recordView(record, i + 1)),
    maker: telegrams
      .map(({ maker }) => hex(maker))
      .filter((text) => text !== '')
      .join(' '),
    raw: frames.map((frame) => hex(frame)),
    ...(identity ? {} : { identity: nobody }),
  }
}

const nobody: MeterIdentityInfo = { serial: null, maker: null, medium: null, version: null }

export function identityOf({ header: { identity } }: Telegram): MeterIdentityInfo {
  if (!identity) return nobody
  return { serial: identity.id, maker: identity.manufacturer, medium: mediumOf(identity.medium), version: identity.version }
}

function wordsOf(status: MeterStatus): TelegramView['status'] {
  const application = { none: [], busy: ['busy'], error: ['applicationError'], abnormal: ['abnormal'] } as const
  return [
    ...application[status.application],
    ...(status.powerLow ? (['powerLow'] as const) : []),
    ...(status.permanentError ? (['permanentError'] as const) : []),
    ...(status.temporaryError ? (['temporaryError'] as const) : []),
    ...(status.maker > 0 ? (['maker'] as const) : []),
  ]
}

function recordView(record: MeterRecord, place: number): TelegramView['records'][number] {
  const { quantity, ownUnit, unit, storage, tariff, subunit, notes, maker, bytes } = record
  const { value, absent } = said(record)
  return {
    place,
    quantity,
    value,
    absent,
    unit: ownUnit ?? unit,
    function: record.function,
    storage,
    tariff,
    subunit,
    notes: [...notes],
    maker: hex(maker),
    bytes: hex(bytes),
  }
}

function said({ value }: MeterRecord): { value: number | string | null; absent: string | null } {
  switch (value.kind) {
    case 'number':
      return { value: value.value, absent: null }
    case 'large':
      return { value: `${value.integer}${value.exponent === 0 ? '' : `e${value.exponent}`}`, absent: null }
    case 'text':
      return { value: value.text, absent: null }
    case 'bytes':
      return { value: hex(value.bytes), absent: null }
    case 'date':
      return { value: value.date, absent: null }
    case 'dateTime':
      return { value: value.dateTime, absent: null }
    case 'timeOfDay':
      return { value: value.time, absent: null }
    case 'every':
      return { value: [value.year ?? '*', value.month ?? '*', value.day ?? '*'].join('-'), absent: null }
    case 'absent':
      return { value: null, absent: value.reason }
  }
}
