import { Failure } from '#shared/failures.ts'
import { buffersOf } from '#shared/reading.ts'
import { Transfer, type Handlers } from '#shared/rpc.ts'
import type { Opening, SimulatorPort } from '#shared/simulator/port.ts'
import { pictureOf } from './picture.ts'
import type { Progress } from './time/stepper.ts'
import { fineMs } from './time/stride.ts'
import { TownLife } from './town-life.ts'

/** Simulated seconds a second. */
const fastest = 600

/** What the simulator answers; opening again replaces what was open. `clock`: UTC ms. `tell` hears how far a long way has been gone. */
export function simulator(clock: () => number, tell: (progress: Progress) => void): Handlers<SimulatorPort> {
  let life: TownLife | undefined

  const close = async () => {
    const ending = life
    life = undefined
    await ending?.end()
  }
  const begun = (): TownLife => {
    if (!life) throw new Failure('notFound', { what: 'town' })
    return life
  }
  const open = (): TownLife => {
    const found = begun()
    if (!found.open) throw new Failure('busy', { what: 'demo' })
    return found
  }
  const checkedSpeed = (speed: number): number => {
    if (!(speed >= 0 && speed <= fastest)) throw new Failure('input.invalid', { fields: `speed must be 0 to ${fastest}` })
    return speed
  }

  return {
    async open(opening: Opening) {
      checkedSpeed(opening.speed ?? 1)
      await close()
      const mine = new TownLife(opening, clock)
      life = mine
      try {
        return await mine.begin(tell)
      } catch (error) {
        if (life === mine) await close()
        throw error
      }
    },
    status() {
      const { town, clock: own } = begun()
      const now = Math.max(town.now, Math.min(own.now, town.now + fineMs))
      return { now, speed: own.speed, outdoor: Math.round(town.physics.weather.outdoor * 10) / 10 }
    },
    pace: ({ speed }) => open().pace(checkedSpeed(speed)),
    async jump({ to }) {
      const { town } = open()
      if (!(to >= town.now)) throw new Failure('input.invalid', { fields: 'to must not be before now' })
      await open().jump(to, tell)
    },
    picture() {
      const { town, clock: own } = begun()
      return pictureOf(town.physics, own.speed)
    },
    pipes: () => begun().town.plan.network.pipes.map(({ length, diameter }) => ({ length, diameter })),
    faults: () => begun().town.faults.all(),
    strike({ kind, target, params, to }) {
      const { town } = open()
      return town.faults.strike(kind, target, params, town.now, to ?? null)
    },
    heal({ id }) {
      const { town } = open()
      return town.faults.heal(id, town.now)
    },
    past({ station, series, from, slots }) {
      const { record } = open().town
      if (!record) throw new Failure('notFound', { what: 'past' })
      const found = record.past(station, series, from, slots)
      if (!found) throw new Failure('notFound', { what: 'station', station })
      return new Transfer(found, buffersOf(found.batch))
    },
    forget: () => begun().town.forget(),
    save: () => open().save(),
    poke({ station, address, raw }) {
      open().town.controller(station).poke(address, raw)
    },
    close,
  }
}
