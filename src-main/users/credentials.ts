import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '#shared/contract.ts'
import type { Database } from '../database.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** A sign-in link is good once and for ten minutes; a session ends after thirty days without use. */
const linkLifeMs = 10 * minute
const sessionLifeMs = 30 * day
/** How old the noted last use may get before it is written again. */
const useNotedEveryMs = 10 * minute

export type Credential = { name: string; role: Role }

/** Only hashes are stored: what is in the file opens nothing. The secrets are 256 random bits, so one round is enough. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

async function create(
  database: Database,
  kind: 'link' | 'session' | 'token',
  { name, role }: Credential,
  now: number,
  expiresAt: number | null,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await database
    .insertInto('credential')
    .values({ hash: hashOf(secret), kind, name, role, createdAt: now, usedAt: null, expiresAt })
    .execute()
  return secret
}

export async function createLink(database: Database, who: Credential, now: number): Promise<{ secret: string; expiresAt: number }> {
  await database.deleteFrom('credential').where('expiresAt', '<', now).execute()
  const expiresAt = now + linkLifeMs
  return { secret: await create(database, 'link', who, now, expiresAt), expiresAt }
}

/** Takes a link once: the row is gone before the session is made, so that two takers cannot both win. */
export async function takeLink(database: Database, secret: string, now: number): Promise<{ who: Credential; session: string } | null> {
  const row = await database
    .deleteFrom('credential')
    .where('hash', '=', hashOf(secret))
    .where('kind', '=', 'link')
    .where('expiresAt', '>', now)
    .returning(['name', 'role'])
    .executeTakeFirst()
  if (!row) return null
  const who = { name: row.name, role: row.role as Role }
  return { who, session: await create(database, 'session', who, now, now + sessionLifeMs) }
}

/** A token of that name replaces the one before. */
export async function createToken(database: Database, who: Credential, now: number): Promise<string> {
  await database.deleteFrom('credential').where('kind', '=', 'token').where('name', '=', who.name).execute()
  return create(database, 'token', who, now, null)
}

/** Who a session cookie or an API token stands for. */
export async function recognise(database: Database, kind: 'session' | 'token', secret: string, now: number): Promise<Credential | null> {
  const hash = hashOf(secret)
  const row = await database
    .selectFrom('credential')
    .select(['name', 'role', 'usedAt', 'expiresAt'])
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (!row || (row.expiresAt !== null && row.expiresAt <= now)) return null
  if (now - (row.usedAt ?? 0) > useNotedEveryMs) {
    const life = kind === 'session' ? { usedAt: now, expiresAt: now + sessionLifeMs } : { usedAt: now }
    await database.updateTable('credential').set(life).where('hash', '=', hash).execute()
  }
  return { name: row.name, role: row.role as Role }
}

export async function endSession(database: Database, secret: string): Promise<void> {
  await database.deleteFrom('credential').where('hash', '=', hashOf(secret)).where('kind', '=', 'session').execute()
}
