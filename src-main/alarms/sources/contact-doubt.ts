import type { PlantDevice } from '../../plant.ts'
import { isUp, rests, type Lost } from './contact-lost.ts'
import type { Group } from './contact-tree.ts'

/** Contact with each device is tried at least this often, time-outs included; then it is known who else is lost. */
const doubtMs = 75_000

/** Whether a device or a line has failed alone cannot be said before the others beside it have been heard since. Made for one look. */
export class Doubt {
  readonly #at: number
  readonly #members: (group: Group) => PlantDevice[]
  readonly #lost: ReadonlyMap<string, Lost>
  readonly #network: Group | undefined
  readonly #heard = new Map<Group, number>()

  constructor(at: number, members: (group: Group) => PlantDevice[], lost: ReadonlyMap<string, Lost>, network: Group | undefined) {
    this.#at = at
    this.#members = members
    this.#lost = lost
    this.#network = network
  }

  /** What is lost since `since`, UTC ms, hangs on `groups`, the nearest first. */
  of(since: number, groups: Iterable<Group>): boolean {
    if (this.#at - since >= doubtMs || this.#at < since) return false
    for (const group of groups) {
      const stands = this.#lost.get(group.part)?.verdict === 'beyond'
      if (!stands && this.#heardOf(group) < since) return true
    }
    return false
  }

  /** Since when all in contact have been heard; on the network half of all, since a few are always slow. */
  #heardOf(group: Group): number {
    const known = this.#heard.get(group)
    if (known !== undefined) return known
    const devices = this.#members(group).filter((device) => !rests(device))
    const asked = group === this.#network ? devices : devices.filter(isUp)
    const answers = asked.map(({ contact }) => contact.lastAnswer ?? 0).toSorted((a, b) => a - b)
    const heard = answers[group === this.#network ? answers.length >> 1 : 0] ?? Infinity
    this.#heard.set(group, heard)
    return heard
  }
}
