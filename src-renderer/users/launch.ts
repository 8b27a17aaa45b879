import type { Call } from '../client.ts'

const word = 'launch'

/** Turns the token of a sign-in link into a session and takes it out of the address bar. Answers what went wrong, if anything did. */
export async function exchangeLaunchToken(call: Call): Promise<unknown> {
  const address = new URL(location.href)
  const token = address.searchParams.get(word)
  if (token === null) return null
  address.searchParams.delete(word)
  history.replaceState(null, '', address)
  try {
    await call('users.signIn', { token })
    return null
  } catch (error) {
    return error
  }
}

/** The token in what somebody pasted: a whole link, or the token alone. Null when there is none. */
export function tokenIn(text: string): string | null {
  const trimmed = text.trim()
  const fromLink = /[?&]launch=([^&#\s]+)/.exec(trimmed)?.[1]
  const token = fromLink === undefined ? trimmed : decodeURIComponent(fromLink)
  return /^[\w.~-]{16,200}$/.test(token) ? token : null
}
