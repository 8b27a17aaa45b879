import { z } from 'zod'
import type { Address } from '#shared/acquisition/port.ts'
import { isSerial, tlsSchema, ways } from '#shared/devices/way.ts'
import { draftOf, startDraft } from '../address-draft.ts'

export const sources = ['network', 'serial', 'scan'] as const
export type Source = (typeof sources)[number]

const field = z.union([z.number(), z.string()])

const progressSchema = z.object({
  source: z.enum(sources),
  address: z.object({
    way: z.enum([...ways, 'calculated']),
    host: z.string(),
    port: field,
    unit: field,
    baud: field,
    parity: z.enum(['none', 'even', 'odd']),
    stop: z.union([z.literal(1), z.literal(2)]),
    tls: tlsSchema.optional(),
  }),
  /** Chosen by hand. */
  profile: z.string().nullable(),
  /** null: as proposed. */
  name: z.string().nullable(),
  place: z.string(),
  tags: z.array(z.string()),
  /** Added already; its connection is tested. */
  device: z.string().nullable(),
})
export type Progress = z.infer<typeof progressSchema>

export const startProgress: Progress = {
  source: 'network',
  address: startDraft,
  profile: null,
  name: null,
  place: '',
  tags: [],
  device: null,
}

/** What was remembered, or null when it cannot be gone on with. */
export function parseProgress(text: string | null): Progress | null {
  if (text === null) return null
  try {
    return progressSchema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The next controller mostly hangs on the same line, has the next unit there and is of the same kind and part of town. */
export function nextAfter(progress: Progress): Progress {
  const { way, unit } = progress.address
  const shared = isSerial(way) || way === 'modbus-rtu-tcp'
  const next = shared && Number(unit) < 247 ? Number(unit) + 1 : unit
  return { ...progress, address: { ...progress.address, unit: next }, name: null, place: '', device: null }
}

/** Goes on with an address that a scan has found. */
export function withAddress(progress: Progress, address: Address): Progress {
  const draft = draftOf(address)
  return { ...progress, source: isSerial(draft.way) ? 'serial' : 'network', address: draft, profile: null, name: null, device: null }
}
