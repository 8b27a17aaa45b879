import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HostStart, StartedHost } from '../start.ts'

/** A small real server in the place of a started host: one-time links, a page, and a stop that waits for `release`. */
export function servingStandIn({ slowStop = false } = {}) {
  const links = new Set<string>()
  const visits: string[] = []
  let made = 0
  let stops = 0
  let fixed: string | undefined
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const asked: Parameters<HostStart>[0][] = []

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const secret = url.searchParams.get('launch')
    visits.push(url.pathname + (secret === null ? '' : links.delete(secret) ? ' signed in' : ' refused'))
    response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end('<!doctype html><title>Hearthgrid</title>')
  })

  const startHost: HostStart = async (options) => {
    asked.push(options)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port ?? 0, '127.0.0.1', resolve)
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const host: StartedHost = {
      url,
      signInUrl: () => {
        if (fixed !== undefined) return Promise.resolve(fixed)
        if (!server.listening) return Promise.reject(new Error('the host does not run'))
        links.add(`secret${++made}`)
        return Promise.resolve(`${url}/?launch=secret${made}`)
      },
      apiToken: () => Promise.resolve('token-of-the-command-line'),
      async stop() {
        stops++
        if (slowStop) await released
        if (server.listening) await close()
      },
    }
    return host
  }
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
    })

  return {
    startHost,
    asked,
    visits,
    release: () => release(),
    /** From now on every sign-in link is this one. */
    links: (link: string) => void (fixed = link),
    get stops() {
      return stops
    },
    /** The server goes away under the window. */
    async vanish(): Promise<void> {
      if (server.listening) await close()
    },
  }
}

export type ServingStandIn = ReturnType<typeof servingStandIn>
