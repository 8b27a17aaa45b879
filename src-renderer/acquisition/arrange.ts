import type { Connection } from '#shared/acquisition/contract.ts'
import { lineKey } from '#shared/acquisition/address.ts'

/** A line that several devices share, or one of the devices. `shared`: its line stands above it. */
export type CommunicationRow = { line: string; connections: readonly Connection[] } | { connection: Connection; shared: boolean }

const worst: readonly Connection['contact']['state'][] = ['offline', 'degraded', 'waiting', 'online']

/** The connections that match the text, those of one line together: worst state first, then by name. */
export function arrange(connections: readonly Connection[], text: string, locale: string): CommunicationRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const names = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const byState = (a: Connection, b: Connection) =>
    worst.indexOf(a.contact.state) - worst.indexOf(b.contact.state) || names.compare(a.name, b.name)
  const fitting = connections
    .filter(({ name, address }) => words.every((word) => `${name} ${address.host}:${address.port}`.toLowerCase().includes(word)))
    .toSorted(byState)
  // The line of the worst device comes first, since the devices are in that order.
  const lines = new Map<string, Connection[]>()
  for (const one of fitting) {
    const line = one.address.way === 'push' ? one.device : lineKey(one.address)
    lines.set(line, [...(lines.get(line) ?? []), one])
  }
  return [...lines].flatMap(([line, together]): CommunicationRow[] => {
    const shared = together.length > 1
    const rows = together.map((connection) => ({ connection, shared }))
    return shared ? [{ line, connections: together }, ...rows] : rows
  })
}

export const keyOfRow = (row: CommunicationRow): string => ('line' in row ? row.line : row.connection.device)
