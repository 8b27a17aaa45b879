import { z } from 'zod'
import { contract, done, nothing, roles } from '../contract.ts'

export const actorSchema = z
  .object({
    name: z.string(),
    role: z.enum(roles),
    via: z.enum(['screen', 'api', 'system']),
  })
  .meta({ id: 'Actor' })
export type Actor = z.infer<typeof actorSchema>

export const users = contract({
  me: {
    method: 'GET',
    path: '/session',
    role: 'public',
    summary: 'Who is asking; null when nobody has signed in',
    input: nothing,
    output: z.object({ actor: actorSchema.nullable() }),
  },
  signIn: {
    method: 'POST',
    path: '/session',
    role: 'public',
    summary: 'Exchange a one-time sign-in token for a session',
    input: z.object({ token: z.string().min(16).max(200) }),
    output: z.object({ actor: actorSchema }),
    audit: 'session',
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    role: 'readonly',
    summary: 'End this session',
    input: nothing,
    output: done,
    audit: 'session',
  },
  createLink: {
    method: 'POST',
    path: '/session/links',
    role: 'admin',
    summary: 'A sign-in link for another browser, valid once within ten minutes',
    input: nothing,
    output: z.object({ path: z.string(), expiresAt: z.number() }),
    audit: 'session',
  },
})
