import type { CallOutput } from '#shared/api.ts'
import { isSame } from '#shared/devices/writing.ts'
import { systemContext, type Host } from '../capability.ts'
import type { Stand } from './standing.ts'

type Change = CallOutput<'audit.settingChanges'>[number]
type Known = { since: number; by: string | null }

/** A write is seen by the read that follows it; what was seen later than this after it came from somewhere else. */
const ownMs = 60_000
/** Until then an entry of the activity log may still be written. */
const settledMs = 120_000

/** Who set what stands, as far as the activity log knows; asked once for each and then remembered. */
export class Attribution {
  readonly #host: Host
  readonly #known = new Map<number, Known>()

  constructor(host: Host) {
    this.#host = host
  }

  /** Series → who it was; null: not from here. */
  async of(stands: readonly Stand[]): Promise<ReadonlyMap<number, string | null>> {
    const changes = new Map<string, readonly Change[]>()
    const found = new Map<number, string | null>()
    for (const stand of stands) {
      const { device, point, series, since } = stand
      const known = this.#known.get(series)
      if (known?.since === since) {
        found.set(series, known.by)
        continue
      }
      const list = changes.get(device.id) ?? (await this.#host.call('audit.settingChanges', { id: device.id }, systemContext))
      changes.set(device.id, list)
      const change = list.find((one) => one.point === point.id)
      const by = change && isOurs(change, stand) ? change.actor : null
      found.set(series, by)
      if (by !== null || this.#host.clock() - since > settledMs) this.#known.set(series, { since, by })
    }
    return found
  }
}

/** Whether the change brought about what stands, and nobody set it anew since. */
function isOurs({ at, foundAt, found, to, outcome }: Change, { value, since }: Stand): boolean {
  if (outcome === 'refused' || !(isSame(to, value) || (found !== null && isSame(found, value)))) return false
  return since >= at - 1000 && since <= (foundAt ?? at) + ownMs
}
