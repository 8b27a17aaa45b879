import { plainAddress } from '#shared/acquisition/address.ts'
import type { Handlers } from '#shared/contract.ts'
import type { devices } from '#shared/devices/contract.ts'
import { checkAddress } from '#shared/devices/sound-address.ts'
import { Failure } from '#shared/failures.ts'
import { qualities } from '#shared/reading.ts'
import { calculatedProfile } from '#shared/virtual/point.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { furnish } from '../furnish.ts'
import type { PlantDevice } from '../plant.ts'
import { createAdding, waiting } from './adding.ts'
import { adoptProfile } from './adopt.ts'
import { commission } from './commission.ts'
import { goesOutsidePlain } from './outside.ts'
import { createPointQuestions } from './points.ts'
import { presentDevice, presentPoints } from './present.ts'
import { readDevices, updateDevice } from './store.ts'
import { refuseTaken } from './taken.ts'
import { testConnection } from './test-connection.ts'
import { wink, winkOf } from './wink.ts'
import { createWriter } from './write.ts'

export function createDevices(host: Host): Capability {
  const find = (id: string): PlantDevice => {
    const device = host.plant.get(id)
    if (!device) throw new Failure('notFound', { what: 'device' })
    return device
  }

  const adding = createAdding(host, find)
  const writer = createWriter(host, find)

  const operations: Handlers<typeof devices, Context> = {
    list: () => host.plant.all().map(presentDevice),
    get({ id }) {
      const device = find(id)
      const blinks = winkOf(host.profiles, device.profile) !== null
      return { ...presentDevice(device), points: presentPoints(device), wink: blinks }
    },

    async probe({ secret, profile, patienceMs, gentle, ...at }) {
      const address = plainAddress(at)
      checkAddress(address)
      refuseTaken(host.plant, address)
      const { finding } = await commission(host, { address, secret, profile, patienceMs, gentle })
      const outside = await goesOutsidePlain(address)
      return {
        ...finding,
        notices: [...finding.notices, ...(outside ? [{ code: 'plainOutside' as const, params: { host: address.host } }] : [])],
      }
    },
    add: adding.add,
    change: adding.change,
    wink: (asked, { entry }) => wink(host, asked, entry),
    test: ({ id }) => testConnection(host, find(id)),

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
    writeCounts: ({ id }) => writer.counts(id),
    ...createPointQuestions(host),
  }

  return {
    operations,
    take: writer.take,
    profileChanged: (profile) => adoptProfile(host, profile, () => waiting(host.clock())),
    async start() {
      for (const stored of await readDevices(host.database)) {
        const profile = [...host.profiles, calculatedProfile].find(({ id }) => id === stored.profile)
        if (!profile) {
          host.log.error('the profile of a device is missing and it is not read', { device: stored.name, profile: stored.profile })
          continue
        }
        const furnished = await furnish(host.database, stored.id, profile)
        host.plant.put({ ...stored, ...furnished, contact: waiting(host.clock()) })
      }
    },
  }
}
