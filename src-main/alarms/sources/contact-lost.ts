import type { PlantDevice } from '../../plant.ts'
import { networkPart, wayOf, type Group } from './contact-tree.ts'

/** After the first is back, the others have had two of their tries: the longest pause between two is a minute. */
export const recoverMs = 150_000
/** What is lost within this time is lost together. */
const togetherMs = 5 * 60_000
/** Out of contact on so many hosts at once: what they have in common is the network. */
const leastHosts = 3
const leastTogether = 10

/** These say that the connection itself is not there, whichever unit was asked for. */
const ofConnection: ReadonlySet<string> = new Set([
  'device.unreachable',
  'device.refused',
  'device.closed',
  'device.portMissing',
  'device.portDenied',
  'device.portFailed',
])

/** Whether a group as a whole is out of contact, and since when, UTC ms. */
export class Lost {
  readonly group: Group
  at: number | null = null
  /** In contact as a whole since; null: never was, or is not. */
  since: number | null = null
  /** Those of the network that went with it. */
  #gone = new Set<string>()
  #firstBack: number | null = null
  #ending = false

  /** `before` is the same group with other members. */
  constructor(group: Group, before?: Lost) {
    this.group = group
    if (!before) return
    this.at = before.at
    this.since = before.since
    this.#gone = before.#gone
    this.#firstBack = before.#firstBack
  }

  get verdict(): 'beyond' | 'within' | 'unknown' {
    return this.at !== null ? 'beyond' : this.since !== null ? 'within' : 'unknown'
  }

  /** Time alone may change it. */
  isTimed(devices: readonly PlantDevice[]): boolean {
    if (this.at !== null) return this.#firstBack !== null
    return devices.some(({ contact }) => contact.state === 'offline') && devices.some(({ contact }) => contact.state === 'waiting')
  }

  /** Looks at its devices anew. True when its verdict has changed. */
  look(devices: readonly PlantDevice[], at: number): boolean {
    const before = this.verdict
    if (this.at === null) {
      this.at = this.group.part === networkPart ? this.#networkLost(devices, at) : lineLost(devices, at)
      this.#firstBack = null
      if (this.at !== null) this.since = null
      else if (devices.some(isUp)) this.since ??= at
    } else this.#lookBack(devices, at)
    return this.verdict !== before
  }

  /** It is back when all are, or those who are not have had time for it. Told a look later than its devices, which are to clear first. */
  #lookBack(devices: readonly PlantDevice[], at: number): void {
    const isNetwork = this.group.part === networkPart
    const members = isNetwork ? this.#goneOf(devices) : devices
    const still = members.filter(({ contact }) => contact.state === 'offline').length
    if (isNetwork ? still > members.length / 10 : !members.some((device) => isBack(device, this.at ?? 0))) {
      this.#firstBack = null
      this.#ending = false
    } else if (this.#ending) {
      this.at = null
      this.since = at
      this.#ending = false
    } else {
      this.#firstBack ??= at
      this.#ending = still === 0 || at - this.#firstBack >= recoverMs || at < this.#firstBack
    }
  }

  /** What went with the network, also a little later than the most. */
  #goneOf(devices: readonly PlantDevice[]): PlantDevice[] {
    const from = (this.at ?? 0) - togetherMs
    for (const { id, contact } of devices) if (contact.state === 'offline' && contact.since > from) this.#gone.add(id)
    return devices.filter(({ id }) => this.#gone.has(id))
  }

  /** More than half of what was in contact went within a few minutes, on several hosts. */
  #networkLost(devices: readonly PlantDevice[], at: number): number | null {
    const voters = devices.filter((device) => wayOf(device) !== 'push' && !rests(device))
    const gone = voters.filter(
      ({ contact }) => contact.state === 'offline' && contact.since > at - togetherMs && contact.lastAnswer !== null,
    )
    if (gone.length < leastTogether || gone.length <= voters.filter(isUp).length) return null
    if (new Set(gone.map(({ address }) => address.host)).size < leastHosts) return null
    this.#gone = new Set(gone.map(({ id }) => id))
    return latest(gone)
  }
}

/**
 * Since when all on a line are out of contact. Those that are asked once a day cannot tell, nor those that were never heard; who has just
 * been added is waited for.
 */
function lineLost(devices: readonly PlantDevice[], at: number): number | null {
  const gone = devices.filter(({ contact }) => contact.state === 'offline')
  if (gone.length < 2) return null
  const from = Math.min(...gone.map(({ contact }) => contact.since))
  const sure = gone.every(({ contact }) => ofConnection.has(contact.failure?.code ?? '')) || gone.filter((one) => !rests(one)).length > 1
  const left = devices.filter((one) => one.contact.state !== 'offline')
  const saysNothing = (one: PlantDevice) =>
    one.contact.state === 'waiting' ? at - one.contact.since > recoverMs : sure && rests(one) && (one.contact.lastAnswer ?? 0) < from
  return left.every(saysNothing) ? latest(gone) : null
}

const latest = (devices: readonly PlantDevice[]) => devices.reduce((at, { contact }) => Math.max(at, contact.since), 0)

export const isUp = ({ contact }: PlantDevice) => contact.state === 'online' || contact.state === 'degraded'
const isBack = (device: PlantDevice, lostAt: number) => isUp(device) && (device.contact.lastAnswer ?? 0) > lostAt
export const rests = ({ spare }: PlantDevice) => (spare?.restMs ?? 0) > 0
