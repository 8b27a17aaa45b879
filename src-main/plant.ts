import type { Address, Hole, Spare } from '#shared/acquisition/port.ts'
import type { Contact, Identity } from '#shared/devices/contract.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'

/** A device as the host knows it. `series[i]` belongs to `profile.points[i]`. */
export type PlantDevice = {
  id: string
  name: string
  place: string
  address: Address
  /** Password of the line; no client ever gets it. */
  secret?: string | undefined
  profile: FlatProfile
  recognised: boolean
  /** A person chose the profile. */
  chosen: boolean
  tags: readonly string[]
  simulated: boolean
  identity: Identity
  series: readonly number[]
  unserved: Hole[]
  addedAt: number
  /** How far it is spared when it is read. */
  spare?: Spare | undefined
  contact: Contact
}

/** Every device that is read, and whose point a series number is. */
export class Plant {
  readonly #devices = new Map<string, PlantDevice>()
  readonly #owners = new Map<number, { device: PlantDevice; point: Point }>()

  /** Also in the place of the same device as it was: what only its former profile had is nobody's now. */
  put(device: PlantDevice): void {
    for (const series of this.#devices.get(device.id)?.series ?? []) this.#owners.delete(series)
    this.#devices.set(device.id, device)
    device.profile.points.forEach((point, i) => {
      const series = device.series[i]
      if (series !== undefined) this.#owners.set(series, { device, point })
    })
  }

  drop(id: string): void {
    const device = this.#devices.get(id)
    if (!device) return
    for (const series of device.series) this.#owners.delete(series)
    this.#devices.delete(id)
  }

  get(id: string): PlantDevice | undefined {
    return this.#devices.get(id)
  }

  ownerOf(series: number): { device: PlantDevice; point: Point } | undefined {
    return this.#owners.get(series)
  }

  all(): PlantDevice[] {
    return [...this.#devices.values()]
  }

  get size(): number {
    return this.#devices.size
  }
}
