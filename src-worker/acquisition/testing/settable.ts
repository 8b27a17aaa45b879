import { exception, Peer, registers, type Asked } from './peer.ts'

/** What a settable controller does with a write: its answer, or nothing. `take` stores what was asked. */
export type WriteManner = (asked: Asked, take: () => void) => Buffer | undefined

const writeRegister = 6

/** A controller whose registers can be written, in whatever manner the test wants. Reads see the registers as they are. */
export class Settable {
  readonly peer: Peer
  readonly held = new Map<number, number>()
  manner: WriteManner = (asked, take) => {
    take()
    return asked.raw
  }
  /** Answers a read instead of the registers, where it gives something. */
  reading: (asked: Asked) => Buffer | undefined | 'as usual' = (asked) => (asked.code === 3 ? 'as usual' : exception(asked, 1))

  constructor() {
    this.peer = new Peer((asked) => {
      if (asked.code !== writeRegister) {
        const answer = this.reading(asked)
        return answer === 'as usual' ? registers(asked, (address) => this.held.get(address) ?? 0) : answer
      }
      // The word of a single write stands where a read has its count.
      return this.manner(asked, () => this.held.set(asked.address, asked.count))
    })
  }

  /** Every write that arrived: unit, address and word. */
  get writes(): [number, number, number][] {
    return this.peer.asked.filter(({ code }) => code > 4).map(({ unit, address, count }) => [unit, address, count])
  }
}

export const refuse =
  (code: number): WriteManner =>
  (asked) =>
    exception(asked, code)

export const drop: WriteManner = (asked) => {
  asked.socket.destroy()
  return undefined
}
