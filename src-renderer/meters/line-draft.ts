import type { CallInput } from '#shared/api.ts'
import { usualBaud } from '#shared/mbus/baud.ts'
import { parseSelection, selectionText } from '#shared/mbus/address.ts'

/** What was typed about a line of meters and one meter on it. */
export type LineDraft = {
  way: 'mbus-tcp' | 'mbus-serial'
  host: string
  port: number | ''
  path: string
  baud: number
  by: 'primary' | 'secondary'
  unit: number | ''
  member: string
}

export const startLine: LineDraft = {
  way: 'mbus-tcp',
  host: '',
  port: 10001,
  path: '',
  baud: usualBaud,
  by: 'primary',
  unit: 1,
  member: '',
}

export type Line = Pick<CallInput<'meters.scan'>, 'host' | 'port' | 'way' | 'serial'>

/** Address of a meter that is reached by its secondary address. */
const selected = 253

/** The line, or null while something is missing. */
export function lineOf({ way, host, port, path, baud }: LineDraft): Line | null {
  if (way === 'mbus-serial')
    return path.trim() === '' ? null : { way, host: path.trim(), port: 0, serial: { baud, parity: 'even', stop: 1 } }
  return host.trim() === '' || port === '' ? null : { way, host: host.trim(), port }
}

/** The address of one meter, or null while something is missing or no address. */
export function meterOf(draft: LineDraft): CallInput<'meters.look'> | null {
  const line = lineOf(draft)
  if (!line) return null
  if (draft.by === 'primary') return draft.unit === '' ? null : { ...line, unit: draft.unit }
  const selection = parseSelection(draft.member)
  return selection ? { ...line, unit: selected, member: selectionText(selection) } : null
}
