import type { Task } from '#shared/acquisition/port.ts'
import { decode } from '#shared/devices/codec.ts'
import type { Block } from '#shared/devices/plan.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { wordsFor } from '#shared/devices/writing.ts'
import { qualities, type Quality } from '#shared/reading.ts'
import type { Values } from './drivers/driver.ts'
import type { Answer, Link, LinkUser, Priority } from './link.ts'
import type { Links } from './links.ts'

/** What a read brings: the words of the block, or one value for each of its points. */
export type Raw = Uint16Array | Values

/** How one device is asked through its line, in whatever its protocol speaks. */
export type Asker = {
  readonly link: Pick<Link, 'reconnects' | 'reconnectsLately' | 'busyMs' | 'tap'>
  readonly limits: Pick<FlatProfile['limits'], 'block' | 'gap'>
  read(priority: Priority, block: Block): Promise<Answer<Raw>>
  /** Throws input.invalid for a value that cannot be said exactly. The function returned sends it, once, in one request. */
  prepare(point: Point, value: number): (sending: (order: number) => void) => Promise<unknown>
  /** Registers and coils that stand beside a point, such as an access code; null where there are none. */
  beside: Beside | null
  release(): void
}

/** Single words of the device, read and written ahead of all reads. Every rejection is a Failure. */
export type Beside = {
  read(area: Point['area'], address: number): Promise<number>
  write(area: Point['area'], address: number, word: number): Promise<void>
}

/** Values come in one answer, however many there are. */
const allAtOnce = { block: 0x20000, gap: 0x20000 }

export function askerFor(task: Task, links: Links, user: LinkUser): Asker {
  return task.protocol === 'modbus' ? registerAsker(task, links, user) : valueAsker(task, links, user)
}

function registerAsker({ address, limits }: Task, links: Links, user: LinkUser): Asker {
  const link = links.registers(address, user)
  const { unit } = address
  return {
    link,
    limits,
    read: (priority, { area, address: from, count }) => link.read(priority, unit, area, from, count),
    prepare(point, value) {
      const words = wordsFor(point, value)
      return (sending) => link.write(unit, point.area, point.address, words, sending)
    },
    beside: {
      read: async (area, address) => (await link.read('write', unit, area, address, 1)).data[0] ?? Number.NaN,
      write: async (area, address, word) => {
        await link.write(unit, area, address, [word])
      },
    },
    release: () => links.release(link, user),
  }
}

function valueAsker({ address, secret }: Task, links: Links, user: LinkUser): Asker {
  const link = links.values(address, user, secret)
  return {
    link,
    limits: allAtOnce,
    read: (priority, { points }) =>
      link.ask(priority, (driver) => driver.readValues(address, points, priority === 'watched' ? 'watched' : 'now')),
    prepare: (point, value) => (sending) => link.ask('write', (driver) => driver.writeValue(address, point, value), sending),
    beside: null,
    release: () => links.release(link, user),
  }
}

/** Point i of the block: its value (null when absent), its quality, and UTC ms of the source where there is one. */
export function meaningIn(raw: Raw, block: Block, i: number): { value: number | null; quality: Quality; at?: number | undefined } {
  if (raw instanceof Uint16Array) {
    const point = block.points[i]
    if (!point) throw new RangeError(`point ${i} of ${block.points.length}`)
    return decode(point, raw, point.address - block.address)
  }
  const value = raw.value[i] ?? Number.NaN
  const at = raw.at?.[i]
  return { value: Number.isNaN(value) ? null : value, quality: qualities[raw.quality[i] ?? -1] ?? 'fault', at: at === 0 ? undefined : at }
}
