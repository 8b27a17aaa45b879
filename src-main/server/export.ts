import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Download } from '../download.ts'

/** Bytes that wait for a slow client. */
const waitingBytes = 256 * 1024

/**
 * Sends a file piece by piece, no faster than the client takes it. An error before the first piece is answered as such; after it the
 * connection breaks, so that nobody takes a part for the whole.
 */
export async function sendDownload(reply: FastifyReply, { name, type, pieces }: Download): Promise<FastifyReply> {
  const iterator = pieces[Symbol.asyncIterator]()
  const first = await iterator.next()
  const stream = Readable.from(rest(first, iterator), { objectMode: false, highWaterMark: waitingBytes })
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(stream)
}

async function* rest(first: IteratorResult<Uint8Array>, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value
  } finally {
    await iterator.return?.()
  }
}
