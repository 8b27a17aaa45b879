type Bytes = Uint8Array
type Read<B extends Bytes> = (buffer: B, offset: number, length: number) => Promise<{ buffer: B; bytesRead: number }>
type Poller = { once(event: 'readable', told: (error: Error | null) => void): unknown }
type UnixPort<B extends Bytes> = { fd: number | null; poller: Poller; read: Read<B> }
type Serial = { port?: unknown; prependOnceListener(event: 'open', opened: () => void): unknown }

/** Reads from an open file; `fs.read` of Node. */
export type ReadFile = (fd: number, buffer: Bytes, offset: number, length: number, position: null) => Promise<{ bytesRead: number }>

/**
 * Makes a port that is yet to be opened say so when it is gone. On Linux and macOS a port that was hung up answers every read with no
 * bytes at all, for ever; the package takes that for "nothing yet" and asks again at once, which is a busy thread and a port that is
 * never known to be gone.
 */
export function endWhenHungUp(serial: Serial, readFile: ReadFile): void {
  serial.prependOnceListener('open', () => {
    const { port } = serial
    if (isUnixPort(port)) port.read = (buffer, offset, length) => readOrEnd(port, readFile, buffer, offset, length)
  })
}

const isUnixPort = (port: unknown): port is UnixPort<Bytes> => typeof port === 'object' && port !== null && 'fd' in port && 'poller' in port

async function readOrEnd<B extends Bytes>(port: UnixPort<B>, readFile: ReadFile, ...[buffer, offset, length]: Parameters<Read<B>>) {
  for (;;) {
    try {
      const { bytesRead } = await readFile(fdOf(port), buffer, offset, length, null)
      if (bytesRead === 0) throw new Error('The port was hung up')
      return { buffer, bytesRead }
    } catch (error) {
      if (!waits.has((error as { code?: string }).code ?? '')) throw error
    }
    // Closed meanwhile: waiting at a port that is closed ends the whole program.
    fdOf(port)
    await new Promise<void>((resolve, reject) => port.poller.once('readable', (error) => (error ? reject(error) : resolve())))
  }
}

function fdOf({ fd }: Pick<UnixPort<Bytes>, 'fd'>): number {
  if (fd === null) throw Object.assign(new Error('Port is not open'), { canceled: true })
  return fd
}

/** What the system says when there is nothing to read yet. */
const waits = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR'])
