import type { Address } from '#shared/acquisition/port.ts'

/** The address form as it is typed, before it is known to be an address. */
export type AddressDraft = { host: string; port: number | string; unit: number | string }

export const startDraft: AddressDraft = { host: '', port: 502, unit: 1 }

export const limits = { port: { min: 1, max: 65535 }, unit: { min: 1, max: 255 } } as const

/** What is wrong with each field; a field without an entry is right. */
export function faultsOf(draft: AddressDraft): Partial<Record<keyof AddressDraft, 'missing' | 'spaces' | 'range'>> {
  const host = draft.host.trim()
  return {
    ...(host === '' ? { host: 'missing' as const } : /[\s/]/.test(host) ? { host: 'spaces' as const } : {}),
    ...(within(draft.port, limits.port) ? {} : { port: 'range' as const }),
    ...(within(draft.unit, limits.unit) ? {} : { unit: 'range' as const }),
  }
}

/** The address that was typed, or null while something is wrong with it. */
export function addressOf(draft: AddressDraft): Address | null {
  if (Object.keys(faultsOf(draft)).length > 0) return null
  return { host: draft.host.trim(), port: Number(draft.port), unit: Number(draft.unit) }
}

/** Splits `10.0.4.17:1502` as it is often copied from a list. */
export function splitHost(text: string): Partial<AddressDraft> {
  const parts = /^\s*([^\s:/]+):(\d{1,5})\s*$/.exec(text)
  return parts ? { host: parts[1] ?? text, port: Number(parts[2]) } : { host: text }
}

function within(value: number | string, { min, max }: { min: number; max: number }): boolean {
  const number = Number(value)
  return value !== '' && Number.isInteger(number) && number >= min && number <= max
}
