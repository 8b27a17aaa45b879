import { drivers, type DriverOptions } from './drivers/driver.ts'
import { Gate } from './gate.ts'
import { Link, type LinkUser } from './link.ts'
import type { Timing } from './timing.ts'

/** All connections of this thread, one for each host and port: many controllers serve only one client at a time. */
export class Links {
  readonly #links = new Map<string, Link>()
  readonly #gate: Gate
  readonly #timing: Timing

  constructor(timing: Timing) {
    this.#timing = timing
    this.#gate = new Gate(timing.connects)
  }

  /** The link to a host and port for one more user, the existing one where there is one. */
  acquire(host: string, port: number, user: LinkUser, connectMs = this.#timing.connectMs): Link {
    const place = placeOf(host, port)
    let link = this.#links.get(place)
    if (!link) {
      const options: Omit<DriverOptions, 'onClose'> = { host, port, connectMs, answerMs: this.#timing.answerMs }
      link = new Link((onClose) => drivers.modbus({ ...options, onClose }), this.#gate)
      this.#links.set(place, link)
    }
    link.users.add(user)
    return link
  }

  /** Closed with its last user. */
  release(link: Link, user: LinkUser): void {
    link.users.delete(user)
    if (link.users.size > 0) return
    link.close()
    for (const [place, other] of this.#links) if (other === link) this.#links.delete(place)
  }
}

const placeOf = (host: string, port: number) => `${host.toLowerCase()} ${port}`
