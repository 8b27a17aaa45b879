import type { Address, ProbeResult } from '#shared/acquisition/port.ts'
import type { Finding } from '#shared/devices/contract.ts'
import { checkRequirements, detect, families, type Family } from '#shared/devices/detect.ts'
import { identityBlocks, identityValues, readIdentity } from '#shared/devices/identity.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'

const timeoutMs = 4000

/** Exceptions of a device that is merely another one: it lacks the function (1), or will not answer to such a question (3). */
const notThatDevice = new Set<unknown>([1, 3])

export type Commissioned = { finding: Finding; profile: FlatProfile; firmware: { found: string; needed: string } | null }

/**
 * Connects to an address, reads what identifies the families of devices that we know, one after the other, and says what it is.
 * Throws the Failure of the connection, or device.unrecognised when something answers that is none of them.
 */
export async function commission(host: Host, address: Address): Promise<Commissioned> {
  for (const family of families(host.profiles)) {
    const answer = await ask(host, address, family)
    const values = answer && identityValues(family.leader, answer.words)
    const detected = values && detect(family.members, values)
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
  throw new Failure('device.unrecognised', { host: address.host, port: address.port, unit: address.unit })
}

/** What an address answers to the identity blocks of a family; null when it knows neither these functions nor these values. */
async function ask(host: Host, address: Address, { leader }: Family): Promise<ProbeResult | null> {
  try {
    const { serviceUnit } = leader.limits
    return await host.workers.acquisition.call.probe({ address, blocks: identityBlocks(leader), serviceUnit, timeoutMs })
  } catch (error) {
    if (error instanceof Failure && error.code === 'device.exception' && notThatDevice.has(error.params['code'])) return null
    throw error
  }
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
