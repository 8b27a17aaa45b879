import type { Contact } from '#shared/devices/contract.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import type { Host } from '../capability.ts'
import { furnish } from '../furnish.ts'
import { readDevices } from './store.ts'

/**
 * Goes on reading the devices of a profile that has changed, each point under the series number that it had. Devices whose
 * profile was missing or wrong until now come back.
 */
export async function adoptProfile(host: Host, profile: FlatProfile, contact: () => Contact): Promise<void> {
  for (const stored of await readDevices(host.database)) {
    if (stored.profile !== profile.id) continue
    const before = host.plant.get(stored.id)
    const furnished = await furnish(host.database, stored.id, profile)
    const device = before ? { ...before, ...furnished } : { ...stored, ...furnished, contact: contact() }
    host.plant.drop(stored.id)
    host.plant.put(device)
    await host.deviceChanged({ kind: before ? 'changed' : 'added', device })
  }
}
