import { protocolAt } from '#shared/acquisition/address.ts'
import type { Address, ProbeBlock, ProbeResult } from '#shared/acquisition/port.ts'
import type { Finding, Identity } from '#shared/devices/contract.ts'
import { checkRequirements, detect, families, type Notice } from '#shared/devices/detect.ts'
import { identityBlocks, identityValues, readIdentity } from '#shared/devices/identity.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import { lookChosen } from './chosen.ts'
import { winkOf } from './wink.ts'

const usualPatienceMs = 4000

/** Exceptions of a device that is merely another one: it lacks the function (1), or will not answer to such a question (3). */
const notThatDevice = new Set<unknown>([1, 3])

export type Asked = {
  address: Address
  secret?: string | undefined
  /** Id of the profile that a person chose. */
  profile?: string | undefined
  patienceMs?: number | undefined
  gentle?: boolean
  /** Nothing is asked. */
  unseen?: boolean
}

export type Commissioned = {
  finding: Finding
  profile: FlatProfile
  firmware: { found: string; needed: string } | null
  /** The profile is the word of a person and not of the device. */
  chosen: boolean
}

/** What answered, before it is said in the words of a finding. */
export type Look = {
  profile: FlatProfile
  recognised: boolean
  values: ReadonlyMap<string, number>
  answerMs: number | null
  notices: readonly Notice[]
}

/**
 * Connects to an address and says what is there: by itself for the families of devices that we know, one after the other, or as far
 * as it goes by the profile that a person chose. Throws the Failure of the connection, device.unrecognised when something answers
 * that is none of them, or device.needsProfile where nothing tells what it is.
 */
export async function commission(host: Host, asked: Asked): Promise<Commissioned> {
  const chosen = asked.profile !== undefined
  const { profile, recognised, values, answerMs, notices: own } = chosen ? await lookChosen(host, asked) : await lookAround(host, asked)
  const identity = readIdentity(profile, values)
  const notices = [...checkRequirements(profile, values, identity).filter(({ code }) => !chosen || !ofGeneral.has(code)), ...own]
  const refused = notices.find(({ code }) => code === 'firmwareTooOld')
  return {
    profile,
    chosen: chosen && !recognised,
    firmware: refused ? { found: refused.params['found'] ?? '', needed: refused.params['needed'] ?? '' } : null,
    finding: {
      address: asked.address,
      identity,
      profile: profile.id,
      profileTitle: profile.title,
      recognised,
      proposedName: proposeName(host, wordFor(identity), asked.address),
      points: profile.points.length,
      wink: winkOf(host.profiles, profile) !== null,
      answerMs,
      notices,
    },
  }
}

/** Whoever chooses a general profile knows that it is one. */
const ofGeneral = new Set<Notice['code']>(['keyUnknown', 'modelUnknown', 'generalProfile'])

async function lookAround(host: Host, asked: Asked): Promise<Look> {
  const { address } = asked
  if (protocolAt(address) !== 'modbus') throw new Failure('device.needsProfile')
  for (const { leader, members } of families(host.profiles)) {
    const answer = await ask(host, asked, identityBlocks(leader), leader.limits.serviceUnit)
    const values = answer && identityValues(leader, answer.words)
    const detected = values && detect(members, values)
    if (detected) return { ...detected, values, answerMs: answer.answerMs, notices: [] }
  }
  throw new Failure('device.unrecognised', { host: address.host, port: address.port, unit: address.unit })
}

/** What an address answers to these blocks; null when it knows neither these functions nor these values. */
export async function ask(host: Host, asked: Asked, blocks: ProbeBlock[], serviceUnit: number | undefined): Promise<ProbeResult | null> {
  const { address, patienceMs: timeoutMs = usualPatienceMs, gentle = false } = asked
  try {
    return await host.workers.acquisition.call.probe({ address, blocks, serviceUnit, timeoutMs, gentle })
  } catch (error) {
    if (error instanceof Failure && error.code === 'device.exception' && notThatDevice.has(error.params['code'])) return null
    throw error
  }
}

const wordFor = (identity: Identity) => identity.application ?? identity.model

/** Such as "A266.1 at 10.0.4.17", with a number behind it when that name is taken. */
function proposeName(host: Host, what: string, address: Address): string {
  const devices = host.plant.all()
  const base = `${what} · ${placeName(address)}`.slice(0, longestName)
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base} (${i})`
    if (!devices.some((device) => device.name === name)) return name
  }
}

/** Room is left for a number behind it. */
const longestName = 72

/** Units behind one line have the same host, so the unit tells them apart when it is not the usual one. */
function placeName({ host, port, unit, member }: Address): string {
  const at = port === 502 || port === 0 ? host : `${host}:${port}`
  return member ? `${at} ${member}` : unit === 1 ? at : `${at}/${unit}`
}
