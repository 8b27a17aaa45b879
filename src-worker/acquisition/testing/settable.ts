import { exception, Peer, registers, type Asked } from './peer.ts'

/** What a settable controller does with a write: its answer, or nothing. `take` stores what was asked. */
export type WriteManner = (asked: Asked, take: () => void) => Buffer | undefined

const readCoils = 1
const writeCoil = 5
const writeRegisters = 16
const on = 0xff00

/** A controller whose registers and coils can be written, in whatever manner the test wants. Reads see them as they are. */
export class Settable {
  readonly peer: Peer
  readonly held = new Map<number, number>()
  readonly coils = new Map<number, number>()
  manner: WriteManner = (asked, take) => {
    take()
    return taken(asked)
  }
  /** Answers a read instead of the registers, where it gives something. */
  reading: (asked: Asked) => Buffer | undefined | 'as usual' = (asked) => (asked.code === 3 ? 'as usual' : exception(asked, 1))

  constructor() {
    this.peer = new Peer((asked) => {
      if (asked.code === readCoils && this.coils.has(asked.address)) return coil(asked, this.coils.get(asked.address) ?? 0)
      if (asked.code < writeCoil) {
        const answer = this.reading(asked)
        return answer === 'as usual' ? registers(asked, (address) => this.held.get(address) ?? 0) : answer
      }
      return this.manner(asked, () => this.#take(asked))
    })
  }

  /** The words of each write of several registers. */
  get words(): number[][] {
    return this.peer.asked.filter(({ code }) => code === writeRegisters).map(wordsIn)
  }

  #take(asked: Asked): void {
    if (asked.code === writeRegisters) wordsIn(asked).forEach((word, i) => this.held.set(asked.address + i, word))
    else if (asked.code === writeCoil) this.coils.set(asked.address, asked.count === on ? 1 : 0)
    // The word of a single write stands where a read has its count.
    else this.held.set(asked.address, asked.count)
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

/** The answer of a device that took a write: the request again, of several registers its head alone. */
export function taken(asked: Asked): Buffer {
  if (asked.code !== writeRegisters) return asked.raw
  const head = Buffer.from(asked.raw.subarray(0, 12))
  head.writeUInt16BE(6, 4)
  return head
}

function wordsIn({ raw, count }: Asked): number[] {
  return Array.from({ length: count }, (_, i) => raw.readUInt16BE(13 + 2 * i))
}

function coil(asked: Asked, word: number): Buffer {
  const answer = Buffer.from([0, 0, 0, 0, 0, 4, asked.unit, asked.code, 1, word])
  answer.writeUInt16BE(asked.transaction, 0)
  return answer
}
