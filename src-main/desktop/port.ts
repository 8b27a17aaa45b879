import { createServer } from 'node:net'

/**
 * The wished port when it is free on loopback, else 0 (any). The same port at every start keeps the window's address, and with
 * it what the page remembers under that address, such as the language.
 */
export function freePort(wished: number | undefined): Promise<number> {
  if (wished === undefined) return Promise.resolve(0)
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(0))
    probe.listen(wished, '127.0.0.1', () => probe.close(() => resolve(wished)))
  })
}
