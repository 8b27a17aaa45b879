import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, so one round of hashing is enough. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token: it opens nothing. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

const nobody = hashOf('')

/** Whether the token is the one of this hash, in the same time for every token, also where there is no hash. */
export function isToken(token: string, hash: string | null): boolean {
  const same = timingSafeEqual(Buffer.from(hashOf(token), 'hex'), Buffer.from(hash ?? nobody, 'hex'))
  return same && hash !== null && token !== ''
}
