import { Failure } from '#shared/failures.ts'
import type { OpcuaLogin, OpcuaPort, OfferedEndpoint } from '#shared/opcua/port.ts'
import type { Handlers } from '#shared/rpc.ts'
import { browseBelow } from './browse.ts'
import { certificateOf } from './certificate.ts'
import { connectTo, type Connected } from './connection.ts'
import { discover, leave, type Times } from './discover.ts'
import { within } from './limit.ts'
import { Nodes } from './nodes.ts'
import { failureOf } from './opcua-failure.ts'
import { ownIdentity } from './own.ts'
import { readForPerson } from './tell.ts'

type Visit = Connected & { nodes: Nodes; key: string; timer: NodeJS.Timeout | undefined }

/** A person looking through a server comes back soon; afterwards its session is left. */
const idleMs = 60_000
const mostVisits = 4

/** A person looks at servers that are no devices yet, in sessions apart from those that devices are read in. */
export class Survey {
  readonly #folder: string | undefined
  readonly #clock: () => number
  readonly #times: Times
  readonly #visits = new Map<string, Promise<Visit>>()

  constructor(folder: string | undefined, clock: () => number, times: Times) {
    this.#folder = folder
    this.#clock = clock
    this.#times = times
  }

  readonly handlers: Handlers<OpcuaPort> = {
    opcuaEndpoints: (input) => this.#endpoints(input),
    opcuaBrowse: ({ node, cursor, ...login }) =>
      this.#with(login, (visit) => browseBelow(visit, visit.nodes, { base: login.address.member, node, cursor }, this.#clock())),
    opcuaRead: ({ nodes, ...login }) =>
      this.#with(login, async (visit) => {
        const found = await visit.nodes.resolve(login.address.member || undefined, nodes)
        const there = found.filter((node) => node !== null)
        const told = await readForPerson(visit, there, this.#clock())
        let next = 0
        return found.map((node) => (node ? (told[next++] ?? null) : null))
      }),
    opcuaOwn: async () => {
      const { certificate: der } = await ownIdentity(this.#place(), this.#clock())
      const own = certificateOf(der)
      if (!own) throw new Error('own certificate cannot be read')
      const lines = der.toString('base64').match(/.{1,64}/g) ?? []
      return { ...own.certificate, pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n` }
    },
  }

  stop(): void {
    for (const visit of this.#visits.values()) visit.then(end, () => undefined)
    this.#visits.clear()
  }

  async #endpoints(where: { host: string; port: number; path: string }): Promise<OfferedEndpoint[]> {
    const offers = await discover({ ...where, folder: this.#place(), now: this.#clock() }, this.#times)
    return offers.map(({ certificate, ...offer }) => ({
      ...offer,
      certificate: certificate && { ...certificate.certificate, der: certificate.der.toString('base64') },
    }))
  }

  async #with<T>(login: OpcuaLogin, work: (visit: Visit) => Promise<T>): Promise<T> {
    const { host, port } = login.address
    const visit = await this.#visit(login)
    clearTimeout(visit.timer)
    try {
      return await within(work(visit), this.#times.answerMs * 3, 'device.silent', { host, port })
    } catch (error) {
      const failure = failureOf(error, { host, port })
      if (failure.code === 'device.closed' || failure.code === 'device.silent') this.#leave(visit)
      throw failure
    } finally {
      clearTimeout(visit.timer)
      visit.timer = setTimeout(() => this.#leave(visit), idleMs).unref()
    }
  }

  #visit(login: OpcuaLogin): Promise<Visit> {
    const { host, port, endpoint } = login.address
    const key = JSON.stringify([host, port, endpoint, login.secret])
    const known = this.#visits.get(key)
    if (known) return known
    const [oldest] = this.#visits
    if (oldest && this.#visits.size >= mostVisits) {
      this.#visits.delete(oldest[0])
      oldest[1].then(end, () => undefined)
    }
    const visit = this.#begin(login, key)
    this.#visits.set(key, visit)
    visit.catch(() => this.#visits.delete(key))
    return visit
  }

  async #begin({ address, secret }: OpcuaLogin, key: string): Promise<Visit> {
    const gone = () => this.#visits.delete(key)
    const connected = await connectTo({ address, secret, folder: this.#place(), now: this.#clock(), times: this.#times, gone })
    const nodes = new Nodes(connected.opcua, connected.session, this.#clock)
    try {
      await within(nodes.begin(), this.#times.answerMs, 'device.silent', { host: address.host, port: address.port })
    } catch (error) {
      leave(connected.client)
      throw failureOf(error, { host: address.host, port: address.port })
    }
    return { ...connected, nodes, key, timer: undefined }
  }

  #leave(visit: Visit): void {
    this.#visits.delete(visit.key)
    end(visit)
  }

  #place(): string {
    if (this.#folder === undefined) throw new Failure('input.invalid', { fields: 'folder: a data folder is needed for the certificates' })
    return this.#folder
  }
}

function end(visit: Visit): void {
  clearTimeout(visit.timer)
  leave(visit.client)
}
