import type { Connection } from '#shared/acquisition/contract.ts'

const worst: readonly Connection['contact']['state'][] = ['offline', 'degraded', 'waiting', 'online']

/** The connections that match the text: worst state first, then by name. */
export function arrange(connections: readonly Connection[], text: string, locale: string): Connection[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const names = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  return connections
    .filter(({ name, address }) => words.every((word) => `${name} ${address.host}:${address.port}`.toLowerCase().includes(word)))
    .sort((a, b) => worst.indexOf(a.contact.state) - worst.indexOf(b.contact.state) || names.compare(a.name, b.name))
}
