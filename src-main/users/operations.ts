import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { users } from '#shared/users/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { createLink, endSession, takeLink } from './credentials.ts'

export function createUsers(host: Host): Capability {
  const operations: Handlers<typeof users, Context> = {
    me: (_input, { actor }) => ({ actor }),

    async signIn({ token }, { setSession }) {
      const taken = await takeLink(host.database, token, host.clock())
      if (!taken || !setSession) throw new Failure('access.required', { reason: 'link' })
      setSession(taken.session)
      return { actor: { ...taken.who, via: 'screen' } }
    },

    async signOut(_input, { session, setSession }) {
      if (session !== undefined) await endSession(host.database, session)
      setSession?.(null)
      return { done: true }
    },

    async createLink(_input, { actor }) {
      if (!actor) throw new Failure('access.required')
      const { secret, expiresAt } = await createLink(host.database, { name: actor.name, role: actor.role }, host.clock())
      return { path: launchPath(secret), expiresAt }
    },
  }
  return { operations }
}

/** The address, below the server's, that exchanges a link for a session. */
export function launchPath(secret: string): string {
  return `/?launch=${secret}`
}
