import type { CallInput, CallOutput } from '#shared/api.ts'
import { eventually, startWorld } from './world.ts'

export type World = Awaited<ReturnType<typeof startWorld>>

/** A Hearthgrid whose demo town is open; `days`: with so much of a past, undefined: the folder has a town. */
export async function startTown({ folder, days }: { folder?: string; days?: number }): Promise<World> {
  const world = await startWorld({ ...(folder === undefined ? {} : { folder }), ...(days === undefined ? {} : { demoDays: days }) })
  await eventually(
    () => world.call('simulator.status', {}),
    ({ running }) => running,
  )
  return world
}

/** Resolves when the whole past is in history: `samples` of the series since `from`. */
export async function pastStored(world: World, series: number, from: number, samples: number): Promise<CallOutput<'history.readings'>> {
  return await eventually(
    () => readingsOf(world, { series, from, to: Date.now() + 1 }),
    ({ at }) => at.length >= samples,
  )
}

export function readingsOf(world: World, asked: CallInput<'history.readings'>) {
  return world.call('history.readings', { limit: 50_000, ...asked })
}

export async function deviceNamed(world: World, name: string) {
  const device = (await world.call('devices.list', {})).find((one) => one.name === name)
  if (!device) throw new Error(`no device ${name}`)
  return await world.call('devices.get', { id: device.id })
}

type Device = CallOutput<'devices.get'>

export function seriesOf(device: Device, point: string): number {
  const series = device.points.find(({ id }) => id === point)?.series
  if (series === undefined) throw new Error(`${device.name} has no ${point}`)
  return series
}

/** What the device answers now to a read of its settings, or the newest reading of any other point. */
export async function valueOf(world: World, device: Device, point: string): Promise<number | null> {
  const series = seriesOf(device, point)
  const readings = await world.call('acquisition.latest', { series: [series] })
  return readings.find((one) => one.series === series)?.value ?? null
}
