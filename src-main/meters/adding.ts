import { plainAddress } from '#shared/acquisition/address.ts'
import type { Address, MeterAnswer } from '#shared/acquisition/port.ts'
import type { ParsedOf } from '#shared/contract.ts'
import { checkAddress } from '#shared/devices/sound-address.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { ownProfileName, profileFor } from '#shared/mbus/own-profile.ts'
import { recogniseMeter } from '#shared/mbus/recognise.ts'
import { decodeTelegram } from '#shared/mbus/telegram.ts'
import type { FoundMeterInfo, meters } from '#shared/meters/contract.ts'
import { viewOf, type MeterIdentityInfo } from '#shared/meters/telegram-view.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { dayMs, type Registry } from './registry.ts'
import type { StoredMeter } from './store.ts'

type Added = ParsedOf<(typeof meters)['add']>

/** Throws device.badAddress, and input.invalid for a way that is no M-Bus. */
export function meterAddress(given: Parameters<typeof plainAddress>[0]): Address {
  const address = plainAddress({ ...given, way: given.way ?? 'mbus-tcp' })
  if (address.way !== 'mbus-tcp' && address.way !== 'mbus-serial') throw new Failure('input.invalid', { fields: 'way: is no M-Bus' })
  checkAddress(address)
  return address
}

/** The whole answer of the meter at an address, read now. Rejects with the Failure of the line. */
export async function askMeter(host: Host, address: Address): Promise<MeterAnswer> {
  const answer = await host.workers.acquisition.call.meterAnswer({ address, fresh: true })
  if (!answer) throw new Failure('device.silent', { host: address.host, port: address.port, unit: address.unit })
  return answer
}

/** What answered, in words, and the profile that knows it. */
export function describe(host: Host, address: Address, answer: MeterAnswer): FoundMeterInfo {
  const telegram = viewOf(answer.frames, answer)
  const profile = profileOf(host, answer)
  const { serial, maker } = telegram.identity
  const same = (other: Address) =>
    other.way === address.way &&
    other.host === address.host &&
    other.port === address.port &&
    other.unit === address.unit &&
    (other.member ?? '') === (address.member ?? '')
  return {
    address,
    telegram,
    profile: profile?.id ?? null,
    profileTitle: profile ? `${profile.maker} ${profile.model}` : '',
    proposedName: [profile ? `${profile.maker} ${profile.model}` : (maker ?? 'M-Bus'), serial ?? String(address.unit)]
      .join(' · ')
      .slice(0, 80),
    known: host.plant.all().find((device) => same(device.address))?.name ?? null,
  }
}

function profileOf(host: Host, { frames }: MeterAnswer): FlatProfile | null {
  const [first] = frames
  return first ? recogniseMeter(host.profiles, decodeTelegram(first).header.identity) : null
}

/** Reads a meter, finds or makes its profile, and adds it as a device. */
export async function addMeter(host: Host, registry: Registry, asked: Added, context: Context): Promise<StoredMeter> {
  const { name, place, power, plainOutside, simulated, ...at } = asked
  const address = meterAddress(at)
  const answer = await askMeter(host, address)
  const profile = profileOf(host, answer) ?? (await makeProfile(host, answer, context))
  const spared = power ?? (profile.battery ? 'battery' : 'mains')
  registry.expect(address, spared)
  const added = await host.call(
    'devices.add',
    { ...address, name, place, plainOutside, simulated, profile: profile.id, unseen: true },
    context,
  )
  const device = host.plant.get(added.id)
  if (!device) throw new Failure('notFound', { what: 'device' })
  const identity: MeterIdentityInfo = viewOf(answer.frames, answer).identity
  return registry.add(device, '', identity, spared, dayMs)
}

/** A device file of this installation, after which all meters are read that answer alike. */
async function makeProfile(host: Host, { frames }: MeterAnswer, context: Context): Promise<FlatProfile> {
  const telegrams = frames.map((frame) => decodeTelegram(frame))
  const document = profileFor(telegrams)
  const name = ownProfileName(telegrams[0]?.header.identity ?? null, document)
  const { profile: id } = await host.call('profiles.save', { name, document: { ...document }, replace: true }, context)
  const profile = host.profiles.find((one) => one.id === id)
  if (!profile) throw new Failure('notFound', { what: 'profile' })
  return profile
}
