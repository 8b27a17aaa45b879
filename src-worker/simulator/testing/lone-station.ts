import { decode, encode } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Station } from '#shared/simulator/port.ts'
import { coastalClimate, type Climate } from '#shared/simulator/scenario.ts'
import { Controller } from '../image/controller.ts'
import { modelOf } from '../image/model.ts'
import { designFlow } from '../physics/house.ts'
import { layOutNetwork } from '../physics/lay-out-network.ts'
import { localTime } from '../physics/local-time.ts'
import { createPhysics } from '../physics/physics.ts'
import { plainStation } from './demo-town.ts'

const step = 5

/** One station in a town of its own, at a time that the test moves in steps. */
export function loneStation(changes: Partial<Station> = {}, start = Date.UTC(2025, 0, 15, 18), climate: Climate = coastalClimate) {
  const station = plainStation(changes)
  const physics = createPhysics({ climate, houses: [station], network: layOutNetwork([designFlow(station)], 1), start })
  const zone = localTime(climate.timeZone)
  const controller = new Controller({ station, model: modelOf(station.profile), physics, index: 0, zone })
  const pointOf = (id: string) => {
    const point = station.profile.points.find((one) => one.id === id)
    if (!point) throw new Error(`no point ${id}`)
    return point
  }
  const read = (id: string) => {
    const point = pointOf(id)
    controller.refresh()
    const words = Array.from({ length: wordsOf[point.as] }, (_, i) => controller.read(point.area, point.address + i) ?? Number.NaN)
    return decode(point, words).value
  }
  return {
    station,
    physics,
    controller,
    pointOf,
    read,
    write(id: string, value: number) {
      const point = pointOf(id)
      controller.refresh()
      return controller.write(point.area, point.address, encode(point, value))
    },
    poke: (id: string, raw: number) => controller.poke(pointOf(id).address, raw),
    /** Lets so many simulated minutes pass. */
    run(minutes: number) {
      for (let i = 0; i < (minutes * 60) / step; i++) physics.step(step)
    },
    /** The same in long steps, to a moment. */
    goTo(at: number) {
      while (physics.now < at) physics.step(Math.min(60, (at - physics.now) / 1_000))
    },
  }
}
