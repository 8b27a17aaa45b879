import type { WebSocket } from '@fastify/websocket'
import { watchSchema, type LiveEvent } from '#shared/live.ts'
import { qualities, rowOf, type ReadingBatch } from '#shared/reading.ts'
import type { Events } from '../events.ts'
import type { Latest } from '../latest.ts'

/** A client that does not read may hold this much of our memory; until it has caught up it gets no readings. */
const mostWaitingBytes = 1_000_000

type Client = { socket: WebSocket; watched: ReadonlySet<number> }

/** The WebSocket clients: each gets the readings it watches, and all announcements. */
export class LiveClients {
  readonly #clients = new Set<Client>()
  readonly #latest: Latest
  readonly #watch: (series: ReadonlySet<number>) => void

  constructor(events: Events, latest: Latest, watch: (series: ReadonlySet<number>) => void) {
    this.#latest = latest
    this.#watch = watch
    events.subscribe((event) => {
      const text = JSON.stringify(event)
      for (const { socket } of this.#clients) socket.send(text)
    })
  }

  get count(): number {
    return this.#clients.size
  }

  add(socket: WebSocket): void {
    const client: Client = { socket, watched: new Set() }
    this.#clients.add(client)
    socket.on('message', (data: unknown) => this.#hear(client, String(data)))
    socket.on('close', () => {
      this.#clients.delete(client)
      if (client.watched.size > 0) this.#tell()
    })
    // A broken connection also closes; the close is what counts.
    socket.on('error', () => socket.terminate())
  }

  take(batch: ReadingBatch): void {
    for (const { socket, watched } of this.#clients) {
      if (watched.size === 0 || socket.bufferedAmount > mostWaitingBytes) continue
      const rows: number[] = []
      for (let i = 0; i < batch.series.length; i++) if (watched.has(batch.series[i] as number)) rows.push(i)
      if (rows.length > 0)
        send(
          socket,
          rows.map((i) => rowOf(batch, i)),
        )
    }
  }

  closeAll(): void {
    for (const { socket } of this.#clients) socket.close(1001)
  }

  #hear(client: Client, text: string): void {
    const message = watchSchema.safeParse(parsed(text))
    if (!message.success) return client.socket.close(1008, 'expected {"watch":[series…]}')
    client.watched = new Set(message.data.watch)
    const known = message.data.watch.flatMap((series) => this.#latest.get(series) ?? [])
    if (known.length > 0) send(client.socket, known)
    this.#tell()
  }

  #tell(): void {
    const all = new Set<number>()
    for (const { watched } of this.#clients) for (const series of watched) all.add(series)
    this.#watch(all)
  }
}

function send(socket: WebSocket, rows: ReturnType<typeof rowOf>[]): void {
  const event: LiveEvent = {
    event: 'readings',
    series: rows.map(({ series }) => series),
    at: rows.map(({ at }) => at),
    value: rows.map(({ value }) => value),
    quality: rows.map(({ quality }) => qualities.indexOf(quality)),
  }
  socket.send(JSON.stringify(event))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
