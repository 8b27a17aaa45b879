import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'

/** Columns of an answer: i a whole number, f a double, t a moment (seconds since 2000). */
export type Kinds = string

const letters = { auth: 'R', error: 'E', row: 'D', copyIn: 'G', ready: 'Z' } as const
const signatureOfCopy = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

/** One session with PostgreSQL in its own protocol (version 3), results in binary; the server trusts whoever reaches its socket. */
export class PostgresSession {
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #waiting: { letter: string; resolve: (bytes: Buffer) => void; reject: (error: Error) => void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#look()
    })
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('PostgreSQL has hung up')))
  }

  static async open(path: string, user: string, database: string): Promise<PostgresSession> {
    const socket = createConnection(path)
    await once(socket, 'connect')
    const session = new PostgresSession(socket)
    const words = Buffer.from(`user\0${user}\0database\0${database}\0\0`)
    const head = Buffer.alloc(8)
    head.writeInt32BE(8 + words.length, 0)
    head.writeInt32BE(196_608, 4)
    await session.#exchange(Buffer.concat([head, words]))
    return session
  }

  /** Runs statements whose answer does not matter. */
  async run(sql: string): Promise<void> {
    await this.#exchange(message('Q', Buffer.from(`${sql}\0`)))
  }

  async prepare(name: string, sql: string): Promise<void> {
    await this.#exchange(Buffer.concat([message('P', Buffer.from(`${name}\0${sql}\0\0\0`)), message('S')]))
  }

  /** The whole answer of a prepared statement as columns. */
  async columns(name: string, kinds: Kinds): Promise<number[][]> {
    return columnsOf(await this.#execute(name), kinds)
  }

  /** The single text of an answer. */
  async text(name: string): Promise<string> {
    let found = ''
    for (const { letter, body } of messagesOf(await this.#execute(name)))
      if (letter === letters.row) found = body.subarray(6, 6 + body.readInt32BE(2)).toString()
    return found
  }

  /** COPY … FROM STDIN (FORMAT binary); each buffer holds whole rows. */
  async copyIn(sql: string, buffers: AsyncIterable<Buffer>): Promise<void> {
    await this.#exchange(message('Q', Buffer.from(`${sql}\0`)), letters.copyIn)
    this.#socket.write(message('d', signatureOfCopy))
    for await (const rows of buffers) if (!this.#socket.write(message('d', rows))) await once(this.#socket, 'drain')
    await this.#exchange(Buffer.concat([message('d', Buffer.from([0xff, 0xff])), message('c')]))
  }

  close(): void {
    this.#socket.end(message('X'))
  }

  async #execute(name: string): Promise<Buffer> {
    const bind = Buffer.from([0, ...Buffer.from(name), 0, 0, 0, 0, 0, 0, 1, 0, 1])
    return await this.#exchange(Buffer.concat([message('B', bind), message('E', Buffer.alloc(5)), message('S')]))
  }

  #exchange(bytes: Buffer, letter: string = letters.ready): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { letter, resolve, reject }
      this.#socket.write(bytes)
    })
  }

  /** An answer is whole when its last message is the awaited one; only then are its messages gone through. */
  #look(): void {
    const last = this.#chunks.at(-1)
    if (!this.#waiting || !last) return
    const { letter, resolve, reject } = this.#waiting
    // The message that ends an answer has six bytes.
    if (letter === letters.ready && last.length >= 6 && last.at(-6) !== 0x5a) return
    const bytes = this.#chunks.length === 1 ? last : Buffer.concat(this.#chunks)
    let [place, ended, failed] = [0, false, '']
    while (place + 5 <= bytes.length) {
      const kind = bytes[place]
      const next = place + 1 + bytes.readInt32BE(place + 1)
      if (next > bytes.length) return
      ended = kind === letter.charCodeAt(0) || kind === letters.ready.charCodeAt(0)
      if (kind === letters.error.charCodeAt(0))
        failed = bytes
          .subarray(place + 5, next)
          .toString()
          .replaceAll('\0', ' ')
      place = next
    }
    if (!ended || place !== bytes.length) return
    this.#chunks = []
    this.#waiting = undefined
    if (failed) reject(new Error(`PostgreSQL: ${failed}`))
    else resolve(bytes)
  }
}

function message(letter: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5, letter)
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}

function* messagesOf(bytes: Buffer): Generator<{ letter: string; body: Buffer }> {
  for (let from = 0; from + 5 <= bytes.length;) {
    const to = from + 1 + bytes.readInt32BE(from + 1)
    if (to > bytes.length) return
    yield { letter: String.fromCharCode(bytes[from] as number), body: bytes.subarray(from + 5, to) }
    from = to
  }
}

function columnsOf(bytes: Buffer, kinds: Kinds): number[][] {
  const columns: number[][] = Array.from(kinds, () => [])
  const row = letters.row.charCodeAt(0)
  for (let from = 0; from + 5 <= bytes.length; from += 1 + bytes.readInt32BE(from + 1)) {
    if (bytes[from] !== row) continue
    let place = from + 7
    for (let k = 0; k < kinds.length; k++) {
      const length = bytes.readInt32BE(place)
      columns[k]?.push(length < 0 ? Number.NaN : numberAt(bytes, place + 4, length, kinds[k] as string))
      place += 4 + Math.max(0, length)
    }
  }
  return columns
}

function numberAt(bytes: Buffer, place: number, length: number, kind: string): number {
  if (kind === 'f') return bytes.readDoubleBE(place)
  if (length === 2) return bytes.readInt16BE(place)
  if (length === 4) return bytes.readInt32BE(place)
  const whole = bytes.readInt32BE(place) * 4_294_967_296 + bytes.readUInt32BE(place + 4)
  return kind === 't' ? whole / 1e6 : whole
}
