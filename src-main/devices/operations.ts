import { randomUUID } from 'node:crypto'
import { addressKey } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Contact, devices } from '#shared/devices/contract.ts'
import { generalOf } from '#shared/devices/detect.ts'
import { Failure } from '#shared/failures.ts'
import { qualities } from '#shared/reading.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { PlantDevice } from '../plant.ts'
import { adoptProfile } from './adopt.ts'
import { commission } from './commission.ts'
import { presentDevice, presentPoints } from './present.ts'
import { insertDevice, readDevices, seriesOf, updateDevice } from './store.ts'
import { createWriter } from './write.ts'

export function createDevices(host: Host): Capability {
  /** Addresses on their way in: two people adding the same controller at once add it once. */
  const adding = new Set<string>()

  const find = (id: string): PlantDevice => {
    const device = host.plant.get(id)
    if (!device) throw new Failure('notFound', { what: 'device' })
    return device
  }

  const refuseTaken = (address: Address, except?: string) => {
    const taken = host.plant.all().find((device) => device.id !== except && sameAddress(device.address, address))
    if (taken) throw new Failure('device.duplicate', { name: taken.name, host: address.host, port: address.port, unit: address.unit })
  }

  const writer = createWriter(host, find)

  const operations: Handlers<typeof devices, Context> = {
    list: () => host.plant.all().map(presentDevice),
    get({ id }) {
      const device = find(id)
      return { ...presentDevice(device), points: presentPoints(device) }
    },

    async probe(address) {
      refuseTaken(address)
      return (await commission(host, address)).finding
    },

    async add({ name, place, simulated, evenIfTooOld, ...address }) {
      const key = addressKey(address)
      refuseTaken(address)
      if (adding.has(key)) throw new Failure('busy', { what: 'device' })
      adding.add(key)
      try {
        const { finding, profile: found, firmware } = await commission(host, address)
        if (firmware && !evenIfTooOld) throw new Failure('device.firmwareTooOld', firmware)
        // What a controller is read with whose firmware its own profile must not be used for.
        const profile = firmware ? (generalOf(host.profiles, found) ?? found) : found
        const { identity } = finding
        const recognised = finding.recognised && profile === found
        const id = randomUUID()
        const addedAt = host.clock()
        const stored = { id, name, place, address, profile: profile.id, recognised, simulated, identity, unserved: [], addedAt }
        const series = await insertDevice(host.database, stored, profile)
        const device: PlantDevice = { ...stored, profile, series, unserved: [], contact: waiting(addedAt) }
        host.plant.put(device)
        await host.deviceChanged({ kind: 'added', device })
        return presentDevice(device)
      } finally {
        adding.delete(key)
      }
    },

    async change({ id, name, place, ...moved }) {
      const device = find(id)
      const address = {
        host: moved.host ?? device.address.host,
        port: moved.port ?? device.address.port,
        unit: moved.unit ?? device.address.unit,
      }
      refuseTaken(address, id)
      const next = { ...device, name: name ?? device.name, place: place ?? device.place, address }
      await updateDevice(host.database, id, { name: next.name, place: next.place, ...address })
      if (sameAddress(address, device.address)) {
        Object.assign(device, next)
        return presentDevice(device)
      }
      const changed = { ...next, contact: waiting(host.clock()) }
      host.plant.put(changed)
      await host.deviceChanged({ kind: 'changed', device: changed })
      return presentDevice(changed)
    },

    async remove({ id }) {
      const device = find(id)
      await updateDevice(host.database, id, { removedAt: host.clock() })
      host.plant.drop(id)
      await host.deviceChanged({ kind: 'removed', device })
      return { done: true }
    },

    async readSettings({ id, points: asked }) {
      const device = find(id)
      const settings = device.profile.points.filter(({ role, write }) => role === 'setting' || write).map((point) => point.id)
      if (asked?.some((point) => !settings.includes(point))) throw new Failure('notFound', { what: 'point' })
      const points = asked ?? settings
      if (points.length === 0) return []
      const answer = await host.workers.acquisition.call.readNow({ device: id, points })
      return answer.points.map((point, i) => ({
        series: device.series[device.profile.points.findIndex((candidate) => candidate.id === point)] ?? 0,
        value: answer.value[i] ?? null,
        quality: qualities[answer.quality[i] ?? 0] ?? 'fault',
        at: answer.at,
      }))
    },
    write: writer.write,
  }

  return {
    operations,
    take: writer.take,
    profileChanged: (profile) => adoptProfile(host, profile, () => waiting(host.clock())),
    async start() {
      for (const stored of await readDevices(host.database)) {
        const profile = host.profiles.find(({ id }) => id === stored.profile)
        if (!profile) {
          host.log.error('the profile of a device is missing and it is not read', { device: stored.name, profile: stored.profile })
          continue
        }
        const series = await seriesOf(host.database, stored.id, profile)
        host.plant.put({ ...stored, profile, series, contact: waiting(host.clock()) })
      }
    },
  }
}

function waiting(since: number): Contact {
  return { state: 'waiting', since, lastAnswer: null, failure: null }
}

function sameAddress(a: Address, b: Address): boolean {
  return addressKey(a) === addressKey(b)
}
