import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apiBase, type OperationName } from '#shared/api.ts'
import type { Operation } from '#shared/contract.ts'
import { Failure, failures } from '#shared/failures.ts'
import type { Context, Dispatch, Registered } from '../dispatch.ts'
import type { Download } from '../download.ts'
import { sendDownload } from './export.ts'

/** Every row of the table of operations as a REST route below /api/v1. */
export function addRoutes(
  app: FastifyInstance,
  table: ReadonlyMap<string, Registered>,
  dispatch: Dispatch,
  contextFor: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>,
): void {
  for (const [name, { row }] of table) {
    app.route({
      method: row.method,
      ...(row.largest === undefined ? {} : { bodyLimit: row.largest }),
      url: apiBase + row.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const context = { ...(await contextFor(request, reply)), signal: goneSignal(reply) }
        const answer = await dispatch(name as OperationName, inputOf(row, request), context)
        return row.file ? await sendDownload(reply, answer as Download) : answer
      },
    })
  }
  app.setErrorHandler((error, _request, reply) => {
    const failure = asFailure(error)
    return reply.code(failures[failure.code].status).send(failure.report())
  })
}

/** Fires when the connection ends before the answer has been sent. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

/** Path fields win over query and body: the thing named in the address is the thing that is changed. */
function inputOf(row: Operation, request: FastifyRequest): unknown {
  const rest = row.method === 'GET' || row.method === 'DELETE' ? request.query : request.body
  if (rest !== undefined && rest !== null && (typeof rest !== 'object' || Array.isArray(rest)))
    throw new Failure('input.invalid', { fields: 'the body must be an object' })
  return { ...(rest as object | null), ...(request.params as object) }
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) return new Failure('input.invalid', { fields: error instanceof Error ? error.message : '' })
  return new Failure('internal', { id: '' }, { cause: error })
}
