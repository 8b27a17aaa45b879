import type { Socket } from 'node:net'
import cookies from '@fastify/cookie'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance } from 'fastify'
import { apiBase, livePath } from '#shared/api.ts'
import { mayAs } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { ingestPath } from '#shared/ingest/contract.ts'
import type { Dispatch } from '../dispatch.ts'
import type { RunningHost } from '../host.ts'
import { addIngest } from './ingest.ts'
import { isForUs, namesOf, pageHeaders } from './guard.ts'
import { LiveClients } from './live.ts'
import { describeApi } from './openapi.ts'
import { addPages } from './pages.ts'
import { addRoutes } from './routes.ts'
import { contextOf, type Recognise } from './session.ts'

export type Door = { app: FastifyInstance; url: string; port: number; close(): Promise<void> }

const largestBody = 1_000_000
/** How long answers that are under way may take once the door closes. */
const closingMs = 1000

/**
 * The only door: opens the local server on `address` and `port` (0 = any free one) and answers as soon as it resolves.
 * `cookie` names the session cookie; browsers keep cookies per host and not per port, so it must differ per installation.
 */
export async function openDoor(
  host: RunningHost,
  options: { address: string; port: number; cookie: string; recognise: Recognise },
): Promise<Door> {
  const { address, cookie, recognise } = options
  const app = fastify({ bodyLimit: largestBody, logger: false, forceCloseConnections: true, routerOptions: { maxParamLength: 300 } })
  let names: ReadonlySet<string> = new Set()
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(pageHeaders)
    // Gateways know this computer by any name; what they send carries its own token and no browser can add it.
    const posted = request.url.startsWith(`${ingestPath}/`) && request.headers.origin === undefined
    if (!posted && !isForUs(request.headers, names)) throw new Failure('access.origin')
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store')
  })
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await app.register(cookies)
  await app.register(websocket, { options: { maxPayload: 200_000 } })

  const live = new LiveClients(host.events, host.latest, host.watch)
  const stopReadings = host.onReadings((batch) => live.take(batch))
  const dispatch: Dispatch = (name, input, context) => host.call(name, input as never, context)
  addRoutes(app, host.table, dispatch, (request, reply) => contextOf(request, reply, cookie, recognise))
  await addIngest(app, host.ingest)
  const description = describeApi(host.table, host.version)
  app.get(`${apiBase}/openapi.json`, () => description)
  app.get(
    livePath,
    {
      websocket: true,
      preValidation: async (request) => {
        const { actor } = await contextOf(request, null, cookie, recognise)
        if (!mayAs(actor?.role ?? 'public', 'readonly')) throw new Failure('access.required')
      },
    },
    (socket) => live.add(socket),
  )
  await addPages(app, host.layout)

  await app.listen({ host: address, port: options.port })
  const bound = app.server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port')
  names = namesOf(address, bound.port)
  const shown = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address.includes(':') ? `[${address}]` : address
  return {
    app,
    url: `http://${shown}:${bound.port}`,
    port: bound.port,
    async close() {
      stopReadings()
      live.closeAll()
      // A refused upgrade leaves a connection that the server no longer knows; without this, closing would wait for its client.
      const cut = setTimeout(() => sockets.forEach((socket) => socket.destroy()), closingMs)
      await app.close()
      clearTimeout(cut)
    },
  }
}
