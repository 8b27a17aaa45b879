import type { Address } from '#shared/acquisition/port.ts'
import type { Finding } from '#shared/devices/contract.ts'
import { checkRequirements, detect } from '#shared/devices/detect.ts'
import { identityBlocks, identityValues, readIdentity } from '#shared/devices/identity.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'

const timeoutMs = 4000

export type Commissioned = { finding: Finding; profile: FlatProfile; firmware: { found: string; needed: string } | null }

/**
 * Connects to an address, reads what identifies the makers that we know, and says what it is. Throws the Failure of the
 * connection, or device.unrecognised when something answers that is none of them.
 */
export async function commission(host: Host, address: Address): Promise<Commissioned> {
  for (const maker of host.profiles.filter(({ fallback }) => fallback)) {
    const blocks = identityBlocks(maker)
    const { serviceUnit } = maker.limits
    const answer = await host.workers.acquisition.call.probe({ address, blocks, serviceUnit, timeoutMs })
    const values = identityValues(maker, answer.words)
    const detected = detect(
      host.profiles.filter(({ maker: name }) => name === maker.maker),
      values,
    )
    if (!detected) continue
    const { profile, recognised } = detected
    const identity = readIdentity(profile, values)
    const notices = checkRequirements(profile, values, identity)
    const refused = notices.find(({ code }) => code === 'firmwareTooOld')
    return {
      profile,
      firmware: refused ? { found: refused.params['found'] ?? '', needed: refused.params['needed'] ?? '' } : null,
      finding: {
        address,
        identity,
        profile: profile.id,
        profileTitle: profile.title,
        recognised,
        proposedName: proposeName(host, identity.application ?? identity.model, address),
        points: profile.points.length,
        answerMs: answer.answerMs,
        notices,
      },
    }
  }
  throw new Failure('device.unrecognised', { ...address })
}

/** Such as "A266.1 at 10.0.4.17", with a number behind it when that name is taken. */
function proposeName(host: Host, what: string, { host: at, port }: Address): string {
  const taken = new Set(host.plant.all().map(({ name }) => name))
  const base = `${what} · ${at}${port === 502 ? '' : `:${port}`}`
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base} (${i})`
    if (!taken.has(name)) return name
  }
}
