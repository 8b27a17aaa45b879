import { lineKey, wayOf } from '#shared/acquisition/address.ts'
import { isSerial, serialText } from '#shared/devices/way.ts'
import type { Address } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
import { registerDrivers, valueDrivers, type DriverOptions, type Trace, type ValueDriver } from './drivers/driver.ts'
import { Gate } from './gate.ts'
import { Names } from './names.ts'
import { Link, RegisterLink, type LinkSurroundings, type LinkUser } from './link.ts'
import type { Tap } from './line-log.ts'
import type { Timing } from './timing.ts'

export type ValueLink = Link<ValueDriver>
type Options = Omit<DriverOptions, 'onClose'>
type Line = { options: Options; surroundings: LinkSurroundings }
type AnyLink = Pick<Link, 'users' | 'close'>

/** All connections of this thread, one for each line: many controllers serve only one client at a time. */
export class Links {
  readonly #links = new Map<string, AnyLink>()
  readonly #gate: Gate
  readonly #names = new Names()
  readonly #timing: Timing
  readonly #clock: (() => number) | undefined
  readonly #folder: string | undefined

  /** `folder` is where certificates are kept. */
  constructor(timing: Timing, clock?: () => number, folder?: string) {
    this.#timing = timing
    this.#clock = clock
    this.#folder = folder
    this.#gate = new Gate(timing.connects)
  }

  /** The link to a line of registers for one more user, the existing one where there is one. */
  registers(address: Address, user: LinkUser, connectMs?: number): RegisterLink {
    return this.#acquire(address, user, undefined, () => {
      const make = registerDrivers[wayOf(address)] ?? unknownWay(address)
      const { options, surroundings } = this.#line(address, connectMs)
      return new RegisterLink((onClose) => make({ ...options, onClose }), surroundings)
    })
  }

  /** The same for a line of devices that give values by name. */
  values(address: Address, user: LinkUser, secret?: string): ValueLink {
    return this.#acquire(address, user, secret, () => {
      const make = valueDrivers[wayOf(address)] ?? unknownWay(address)
      const { options, surroundings } = this.#line(address)
      return new Link<ValueDriver>((onClose) => make({ ...options, secret, onClose }), surroundings)
    })
  }

  /** Closed with its last user. */
  release(link: AnyLink, user: LinkUser): void {
    link.users.delete(user)
    if (link.users.size > 0) return
    link.close()
    for (const [line, other] of this.#links) if (other === link) this.#links.delete(line)
  }

  #line(address: Address, connectMs = this.#timing.connectMs): Line {
    const tap: Tap = { hear: undefined }
    const options = {
      host: address.host,
      port: address.port,
      address,
      lookup: this.#names.lookup,
      connectMs,
      answerMs: this.#timing.answerMs,
      clock: this.#clock,
      folder: this.#folder,
      trace: ((direction, bytes, note) => tap.hear?.(direction, bytes, note)) satisfies Trace,
    }
    return { options, surroundings: { gate: this.#gate, tap, bar: () => this.#otherSettings(address) } }
  }

  /** A serial port runs with one setting, and that is the one of whoever came first. */
  #otherSettings(address: Address): Failure | null {
    if (!isSerial(wayOf(address))) return null
    const line = lineKey(address)
    const wanted = serialText(wayOf(address), address.serial)
    const first = [...this.#links.keys()].find((key) => key.startsWith(`${line} `))
    if (first === undefined) return null
    const open = first.slice(line.length + 1)
    return open === wanted ? null : new Failure('device.lineSettings', { host: address.host, port: 0, open, wanted })
  }

  #acquire<L extends AnyLink>(address: Address, user: LinkUser, secret: string | undefined, make: () => L): L {
    const line = sessionKey(address, secret)
    const link = (this.#links.get(line) as L | undefined) ?? make()
    this.#links.set(line, link)
    link.users.add(user)
    return link
  }
}

/** Who signs in to a server in another way has a connection of its own; who wants a serial port otherwise is told so. */
function sessionKey(address: Address, secret: string | undefined): string {
  const line = lineKey(address)
  if (isSerial(wayOf(address))) return `${line} ${serialText(wayOf(address), address.serial)}`
  const { way, endpoint, tls } = address
  return way === 'opcua' || way === 'modbus-tls' ? JSON.stringify([line, endpoint, tls, secret]) : line
}

function unknownWay(address: Address): never {
  throw new Failure('input.invalid', { fields: `way: ${wayOf(address)} has no driver` })
}
