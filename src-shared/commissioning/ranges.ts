import { Failure } from '../failures.ts'

/** As many as a /22 has; a scan of more would take long and reach networks that nobody meant. */
export const mostAddresses = 1024

const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/**
 * IPv4 addresses out of `192.168.1.0/24`, `10.0.0.5-10.0.0.80`, `10.0.0.5-80` or single ones, with commas or spaces between them;
 * each once, in order. Network and broadcast address of a subnet are left out. Throws scan.badRange: `form`, `tooMany`, or
 * `outside` for addresses beyond private networks, which nobody may scan with this program.
 */
export function addressesIn(text: string): string[] {
  const found = new Set<number>()
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const [first, last] = boundsOf(part)
    if (last - first >= mostAddresses) throw bad('tooMany', part)
    for (let one = first; one <= last; one++) found.add(one)
    if (found.size > mostAddresses) throw bad('tooMany', part)
    if (!isPrivate(first) || !isPrivate(last)) throw bad('outside', part)
  }
  if (found.size === 0) throw bad('form', text)
  return [...found].sort((a, b) => a - b).map(textOf)
}

function boundsOf(part: string): [first: number, last: number] {
  const subnet = /^([\d.]+)\/(\d{1,2})$/.exec(part)
  if (subnet) return subnetOf(numberOf(subnet[1] ?? '', part), Number(subnet[2]), part)
  const [from = '', to] = part.split('-')
  const first = numberOf(from, part)
  if (to === undefined) return [first, first]
  const last = /^\d{1,3}$/.test(to) ? numberOf(from.replace(/\d+$/, to), part) : numberOf(to, part)
  if (last < first) throw bad('form', part)
  return [first, last]
}

function subnetOf(address: number, prefix: number, part: string): [first: number, last: number] {
  if (prefix > 32) throw bad('form', part)
  const size = 2 ** (32 - prefix)
  if (size > mostAddresses) throw bad('tooMany', part)
  const first = Math.floor(address / size) * size
  return size <= 2 ? [first, first + size - 1] : [first + 1, first + size - 2]
}

/** Throws scan.badRange for what is no address. */
function numberOf(text: string, part: string): number {
  const bytes = four.exec(text)?.slice(1).map(Number)
  if (!bytes || bytes.some((byte) => byte > 255)) throw bad('form', part)
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

export function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}

/** RFC 1918, link-local, carrier networks that VPNs use (RFC 6598), and this machine. */
function isPrivate(address: number): boolean {
  const a = Math.floor(address / 2 ** 24)
  const b = Math.floor(address / 2 ** 16) % 256
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  )
}

const bad = (context: 'form' | 'tooMany' | 'outside', range: string) =>
  new Failure('scan.badRange', { context, range, most: mostAddresses })
