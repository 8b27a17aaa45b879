import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#shared/users/contract.ts'
import type { Context } from '../dispatch.ts'

/** Finds who a secret stands for. Wired to the users capability's store by the entry. */
export type Recognise = (kind: 'session' | 'token', secret: string) => Promise<Pick<Actor, 'name' | 'role'> | null>

const bearer = /^Bearer ([\w-]{16,200})$/i

/** Who asks: an API token in the Authorization header, or the session cookie of a browser. A token never falls back to a cookie. */
export async function contextOf(
  request: FastifyRequest,
  reply: FastifyReply | null,
  cookie: string,
  recognise: Recognise,
): Promise<Context> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const secret = bearer.exec(authorization)?.[1]
    const who = secret === undefined ? null : await recognise('token', secret)
    return { actor: who && { ...who, via: 'api' } }
  }
  const session = request.cookies[cookie]
  const who = session === undefined ? null : await recognise('session', session)
  const context: Context = { actor: who && { ...who, via: 'screen' } }
  if (session !== undefined) context.session = session
  if (reply) {
    const options = { path: '/', httpOnly: true, sameSite: 'strict' as const, maxAge: 30 * 24 * 60 * 60 }
    context.setSession = (secret) => {
      if (secret === null) reply.clearCookie(cookie, options)
      else reply.setCookie(cookie, secret, options)
    }
  }
  return context
}
