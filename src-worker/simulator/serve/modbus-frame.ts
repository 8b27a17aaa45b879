/** One request as it came over the wire, without its MBAP header. */
export type Request = { transaction: number; unit: number; pdu: Buffer }

/** The stream can no longer be cut into requests; only a new connection helps. */
export class FramingError extends Error {}

const headerBytes = 7
// A PDU has at most 253 bytes; the length field also counts the unit id.
const longest = 254

/** Cuts a byte stream into requests, however it was split or merged on its way. */
export class Framer {
  #rest: Buffer = Buffer.alloc(0)

  /** Requests completed by this chunk. Throws FramingError when a header cannot be one of Modbus TCP. */
  push(chunk: Buffer): Request[] {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const requests: Request[] = []
    while (bytes.length >= headerBytes) {
      const length = bytes.readUInt16BE(4)
      if (bytes.readUInt16BE(2) !== 0) throw new FramingError('protocol id is not 0')
      if (length < 2 || length > longest) throw new FramingError(`length field is ${length}`)
      const end = headerBytes - 1 + length
      if (bytes.length < end) break
      requests.push({ transaction: bytes.readUInt16BE(0), unit: bytes.readUInt8(6), pdu: Buffer.from(bytes.subarray(headerBytes, end)) })
      bytes = bytes.subarray(end)
    }
    // A copy, so that a few bytes do not hold a whole receive buffer in memory.
    this.#rest = Buffer.from(bytes)
    return requests
  }
}

/** The answer to a request, with its MBAP header. */
export function frame(request: Request, pdu: Buffer): Buffer {
  const bytes = Buffer.alloc(headerBytes + pdu.length)
  bytes.writeUInt16BE(request.transaction, 0)
  bytes.writeUInt16BE(1 + pdu.length, 4)
  bytes.writeUInt8(request.unit, 6)
  pdu.copy(bytes, headerBytes)
  return bytes
}
