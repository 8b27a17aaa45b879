/** Letters of a text, which M-Bus sends with the last one first. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text = String.fromCharCode(byte) + text
  return text
}

/** Bytes as two hexadecimal digits each, in the order of the wire. */
export function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join(' ')
    .toUpperCase()
}
