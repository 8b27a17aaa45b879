import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure, failures } from '#shared/failures.ts'
import { ingestPath } from '#shared/ingest/contract.ts'
import type { IngestDoor, Knock } from '../ingest/door.ts'

const largestBody = 1_000_000
const bearer = /^Bearer ([\w-]{16,200})$/i

/** Seconds after which a gateway may send the same again. */
const again: Partial<Record<Failure['code'], number>> = { busy: 30, 'ingest.tooFast': 10 }

/**
 * Where gateways post. They have a token of their own, in the Authorization header or as `?key=`, because many can do no more. The
 * token is looked at before the body is taken in.
 */
export async function addIngest(app: FastifyInstance, door: IngestDoor): Promise<void> {
  await app.register(async (scope) => {
    const received = new WeakSet<FastifyRequest>()
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) => done(null, body))
    scope.setErrorHandler((error, request, reply) => {
      const failure = asFailure(error)
      // What was refused with its body read has been noted already.
      if (!received.has(request)) door.refuse(knockOf(request), { type: typeOf(request), bytes: sizeOf(request) }, failure)
      return answer(reply, failure)
    })
    scope.addHook('onRequest', async (request) => door.admit(knockOf(request)))
    scope.post(`${ingestPath}/:gateway`, async (request) => {
      received.add(request)
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      return door.receive(knockOf(request), { text: body.toString('utf8'), type: typeOf(request), bytes: body.length })
    })
  })
}

function answer(reply: FastifyReply, failure: Failure): FastifyReply {
  const seconds = again[failure.code]
  if (seconds !== undefined) void reply.header('retry-after', seconds)
  if (failure.code === 'ingest.token') void reply.header('www-authenticate', 'Bearer')
  return reply.code(failures[failure.code].status).send(failure.report())
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) return new Failure('ingest.tooLarge', { most: largestBody, what: 'bytes' })
  if (status >= 400 && status < 500) return new Failure('ingest.unreadable', { reason: error instanceof Error ? error.message : '' })
  return new Failure('internal', { id: '' }, { cause: error })
}

function knockOf(request: FastifyRequest): Knock {
  const { gateway = '' } = request.params as { gateway?: string }
  const { key } = request.query as { key?: unknown }
  const given = bearer.exec(request.headers.authorization ?? '')?.[1]
  return { gateway, token: given ?? (typeof key === 'string' ? key : ''), from: request.ip }
}

function typeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').toLowerCase()
}

function sizeOf(request: FastifyRequest): number {
  return Number(request.headers['content-length'] ?? 0) || 0
}
