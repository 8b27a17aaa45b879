import { protocolAt } from '#shared/acquisition/address.ts'
import type { ProbeBlock } from '#shared/acquisition/port.ts'
import { detect, families, type Notice } from '#shared/devices/detect.ts'
import { holesOf } from '#shared/devices/flatten.ts'
import { identityBlocks, identityValues } from '#shared/devices/identity.ts'
import { plan } from '#shared/devices/plan.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { calculatedProfile } from '#shared/virtual/point.ts'
import type { Host } from '../capability.ts'
import { ask, type Asked, type Look } from './commission.ts'

const byHand = (profile: FlatProfile): Notice => ({ code: 'chosenByHand', params: { profile: profile.title } })
const nothing: ReadonlyMap<string, number> = new Map()

/** Asks a device as far as the chosen profile can: whether it answers, and who it is. Throws the Failure of the connection. */
export async function lookChosen(host: Host, asked: Asked): Promise<Look> {
  const profile = [...host.profiles, calculatedProfile].find(({ id }) => id === asked.profile)
  if (!profile) throw new Failure('notFound', { what: 'profile' })
  const found = protocolAt(asked.address)
  if (profile.protocol !== found) throw new Failure('device.profileMisfit', { profile: profile.title, needed: profile.protocol, found })
  // A gateway sends when it wants to; nobody can ask behind it.
  if (asked.unseen || found === 'push' || found === 'calculated') {
    const notices = [byHand(profile), ...(asked.unseen ? [{ code: 'notAsked', params: {} } as const] : [])]
    return { profile, recognised: false, values: nothing, answerMs: null, notices }
  }
  return found === 'modbus' ? lookAtRegisters(host, asked, profile) : lookAtValues(host, asked, profile)
}

async function lookAtRegisters(host: Host, asked: Asked, profile: FlatProfile): Promise<Look> {
  const family = families(host.profiles).find(({ members }) => members.includes(profile))
  const leader = family?.leader ?? profile
  const blocks = identityBlocks(leader)
  const answer = await ask(host, asked, blocks.length > 0 ? blocks : signOfLife(profile), leader.limits.serviceUnit)
  const values = answer && blocks.length > 0 ? identityValues(leader, answer.words) : nothing
  const detected = family ? detect(family.members, values) : null
  const recognised = detected?.recognised === true && detected.profile === profile
  const notices: Notice[] = recognised ? [] : [byHand(profile)]
  if (detected?.recognised && !recognised) notices.push({ code: 'otherRecognised', params: { profile: detected.profile.title } })
  return { profile, recognised, values, answerMs: answer?.answerMs ?? null, notices }
}

async function lookAtValues(host: Host, { address, secret }: Asked, profile: FlatProfile): Promise<Look> {
  const points = profile.points.filter(({ role }) => role === 'identity')
  const answer = await host.workers.acquisition.call.probeValues({ address, secret, points })
  const values = new Map(points.flatMap(({ id }, i) => (typeof answer.value[i] === 'number' ? [[id, answer.value[i]]] : [])))
  return { profile, recognised: false, values, answerMs: answer.answerMs, notices: [byHand(profile)] }
}

/** One small read for devices that do not tell who they are. */
function signOfLife(profile: FlatProfile): ProbeBlock[] {
  const [block] = plan(profile.points, profile.limits, holesOf(profile))
  return block ? [{ area: block.area, address: block.address, count: block.count }] : []
}
