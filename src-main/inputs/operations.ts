import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Input, InputConfig, inputs } from '#shared/inputs/contract.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { furnish, inputsOf } from '../furnish.ts'
import type { PlantDevice } from '../plant.ts'

/** Gives the inputs that an application leaves free a meaning. Only how they are read changes, nothing in the controller. */
export function createInputs(host: Host): Capability {
  const find = (id: string): { device: PlantDevice; base: FlatProfile } => {
    const device = host.plant.get(id)
    const base = device && host.profiles.find((profile) => profile.id === device.profile.id)
    if (!device || !base) throw new Failure('notFound', { what: 'device' })
    return { device, base }
  }

  const freeInput = (base: FlatProfile, id: string): Point => {
    const point = base.points.find((one) => one.id === id && one.configurable)
    if (!point) throw new Failure('notFound', { what: 'input' })
    return point
  }

  /** Every free input as it is read now. */
  const present = async (id: string): Promise<Input[]> => {
    const { device, base } = find(id)
    const made = new Map((await inputsOf(host.database, id)).map((one) => [one.input, one]))
    return base.points
      .filter(({ configurable }) => configurable)
      .flatMap((point) => {
        const one = made.get(point.id)
        const i = device.profile.points.findIndex((candidate) => candidate.id === (one?.point ?? point.id))
        const now = device.profile.points[i]
        const series = device.series[i]
        if (!now || series === undefined) return []
        const served = !device.unserved.some(({ area, address }) => area === point.area && address === point.address)
        const { scale, offset } = now
        return [
          { input: point.id, number: point.number, series, scale, offset, open: [...point.faults], config: one?.config ?? null, served },
        ]
      })
  }

  const presentOne = async (id: string, input: string): Promise<Input> => {
    const found = (await present(id)).find((one) => one.input === input)
    if (!found) throw new Failure('notFound', { what: 'input' })
    return found
  }

  /** Notes the new meaning, or none, and goes on reading the device with it. A renamed input keeps its point and its series. */
  const change = async (id: string, input: string, config: InputConfig | null): Promise<Input> => {
    const { base } = find(id)
    freeInput(base, input)
    await host.database.transaction().execute(async (transaction) => {
      const rows = await transaction.selectFrom('input').selectAll().where('device', '=', id).where('input', '=', input).execute()
      const now = rows.find(({ removedAt }) => removedAt === null)
      if (config && now && sameMeaning({ ...now, quantity: now.quantity as InputConfig['quantity'] }, config)) {
        await transaction.updateTable('input').set({ name: config.name }).where('id', '=', now.id).execute()
        return
      }
      if (now) await transaction.updateTable('input').set({ removedAt: host.clock() }).where('id', '=', now.id).execute()
      if (!config) return
      const point = `${input}.own${rows.length + 1}`
      await transaction
        .insertInto('input')
        .values({ device: id, input, point, ...config, madeAt: host.clock(), removedAt: null })
        .execute()
    })
    const { profile, series } = await furnish(host.database, id, base)
    const { device } = find(id)
    const changed = { ...device, profile, series }
    host.plant.put(changed)
    await host.deviceChanged({ kind: 'changed', device: changed })
    return presentOne(id, input)
  }

  const operations: Handlers<typeof inputs, Context> = {
    list: ({ id }) => present(id),
    configure({ id, input, ...asked }) {
      const { base } = find(id)
      const point = freeInput(base, input)
      if (asked.type === 'voltage' && asked.scale === 0) throw new Failure('input.invalid', { fields: 'scale: must not be 0' })
      const own = asked.type === 'pt1000' ? { quantity: point.is, scale: point.scale, offset: point.offset } : digital
      return change(id, input, asked.type === 'voltage' ? asked : { ...asked, ...own })
    },
    remove: ({ id, input }) => change(id, input, null),
  }
  return { operations }
}

const digital = { quantity: 'state', scale: 1, offset: 0 } as const

function sameMeaning(a: InputConfig, b: InputConfig): boolean {
  return a.type === b.type && a.quantity === b.quantity && a.scale === b.scale && a.offset === b.offset
}
