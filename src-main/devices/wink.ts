import { protocolAt } from '#shared/acquisition/address.ts'
import type { Address, WinkResult } from '#shared/acquisition/port.ts'
import { checkAddress } from '#shared/devices/sound-address.ts'
import { generalOf } from '#shared/devices/detect.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Entry } from '../dispatch.ts'
import { commission } from './commission.ts'

/** The register that makes such a device blink: its own, or that of its family. */
export function winkOf(profiles: readonly FlatProfile[], profile: FlatProfile): NonNullable<FlatProfile['wink']> | null {
  return profile.wink ?? generalOf(profiles, profile)?.wink ?? null
}

/**
 * Makes a controller blink. It is recognised anew before, so that nothing is ever written to a device that merely stands at the
 * address now. Throws device.noWink, input.invalid, or why there is no contact; then nothing was written.
 */
export async function wink(host: Host, asked: Address & { seconds: number }, entry: Entry | undefined): Promise<WinkResult> {
  const { seconds, ...address } = asked
  checkAddress(address)
  if (protocolAt(address) !== 'modbus') throw new Failure('device.noWink')
  const { profile } = await commission(host, { address })
  const way = winkOf(host.profiles, profile)
  if (!way) throw new Failure('device.noWink')
  if (seconds > way.max) throw new Failure('input.invalid', { fields: `seconds: at most ${way.max}` })
  const result = await host.workers.acquisition.call.wink({ address, register: way.at, seconds })
  entry?.note({ seconds, code: result.code, profile: profile.id }, result.outcome)
  return result
}
