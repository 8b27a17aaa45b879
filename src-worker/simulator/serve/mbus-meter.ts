import { linkAddress, matches, type Selection } from '#shared/mbus/address.ts'
import { baudOf, usualBaud, type Baud } from '#shared/mbus/baud.ts'
import { buildFrame, wholeFrame, type MbusFrame } from '#shared/mbus/frame.ts'
import { idOf, lettersOf, type MeterIdentity } from '#shared/mbus/header.ts'
import { control, selectCommand } from '#shared/mbus/request.ts'

/** How a meter differs from a good one. */
export type MeterManner = {
  /** Hears everything and never answers. */
  mute?: boolean
  /** Answers no request for data before its link was reset. */
  needsReset?: boolean
  /** So many of its next answers with data have a wrong checksum. */
  damaged?: number
  /** Bytes of silence before it answers, which shifts it against others that answer at the same time. */
  lateBytes?: number
  /** Confirms a new speed, and then stays at the old one. */
  keepsBaud?: boolean
  /** Gives the same telegram whatever the count bit says. */
  ignoresCount?: boolean
}

export type MeterOptions = {
  address: number
  identity: MeterIdentity | (() => MeterIdentity)
  /** Whole frames as such a meter sends them, one for each telegram of its answer; the address is put in. Made anew for each answer. */
  telegrams: readonly Uint8Array[] | (() => readonly Uint8Array[])
  baud?: Baud
  manner?: MeterManner
}

const ack: MbusFrame = { kind: 'ack' }

/** A meter on a simulated bus: what it answers to each frame it hears. */
export class SimulatedMeter {
  readonly #options: MeterOptions
  readonly #manner: MeterManner
  #damaged: number
  #selected = false
  #reset = false
  #count: boolean | undefined
  #position = -1
  #telegrams: readonly Uint8Array[] = []
  baud: Baud
  /** As it should, not at all, or over and over with its last answer. */
  contact: 'answers' | 'silent' | 'frozen' = 'answers'
  /** Frames that were meant for this meter. */
  readonly heard: MbusFrame[] = []

  constructor(options: MeterOptions) {
    this.#options = options
    this.#manner = options.manner ?? {}
    this.#damaged = this.#manner.damaged ?? 0
    this.baud = options.baud ?? usualBaud
  }

  get lateBytes(): number {
    return this.#manner.lateBytes ?? 0
  }

  /** The bytes of the answer, or undefined when this meter has nothing to say. */
  answer(frame: MbusFrame): Uint8Array | undefined {
    if (frame.kind === 'ack' || this.contact === 'silent') return undefined
    if (frame.kind === 'long' && frame.address === linkAddress.selected && frame.ci === selectCommand) return this.#select(frame.data)
    if (!this.#isMeant(frame.address)) return undefined
    this.heard.push(frame)
    const answer = this.#obey(frame)
    return this.#manner.mute || frame.address === linkAddress.broadcast ? undefined : answer
  }

  #isMeant(address: number): boolean {
    if (address === linkAddress.selected) return this.#selected
    return address === this.#options.address || address === linkAddress.test || address === linkAddress.broadcast
  }

  #select(data: Uint8Array): Uint8Array | undefined {
    this.#selected = data.length === 8 && matches(selectionFrom(data), identityOf(this.#options))
    if (!this.#selected) return undefined
    this.#count = undefined
    this.#position = -1
    return this.#manner.mute ? undefined : buildFrame(ack)
  }

  #obey(frame: Exclude<MbusFrame, { kind: 'ack' }>): Uint8Array | undefined {
    if (frame.control === control.reset) {
      this.#reset = true
      this.#count = undefined
      this.#position = -1
      if (frame.address === linkAddress.selected) this.#selected = false
      return buildFrame(ack)
    }
    if (frame.kind === 'long') return this.#switchBaud(baudOf(frame.ci))
    if ((frame.control & ~control.countBit) !== control.request) return undefined
    return this.#manner.needsReset && !this.#reset ? undefined : this.#data((frame.control & control.countBit) !== 0)
  }

  #switchBaud(baud: Baud | null): Uint8Array | undefined {
    if (baud === null) return undefined
    if (!this.#manner.keepsBaud) this.baud = baud
    return buildFrame(ack)
  }

  #data(count: boolean): Uint8Array | undefined {
    const { address } = this.#options
    const kept = this.contact === 'frozen' && this.#telegrams.length > 0
    if (this.#position < 0 && !kept) this.#telegrams = made(this.#options)
    const telegrams = this.#telegrams
    if (this.#position < 0 || (count !== this.#count && !this.#manner.ignoresCount))
      this.#position = (this.#position + 1) % telegrams.length
    this.#count = count
    const telegram = telegrams[this.#position]
    if (!telegram) return buildFrame(ack)
    const frame = wholeFrame(telegram)
    const bytes = buildFrame(frame.kind === 'long' ? { ...frame, address } : frame)
    if (this.#damaged > 0) {
      this.#damaged--
      bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 0xff
    }
    return bytes
  }
}

function made({ telegrams }: MeterOptions): readonly Uint8Array[] {
  return typeof telegrams === 'function' ? telegrams() : telegrams
}

function identityOf({ identity }: MeterOptions): MeterIdentity {
  return typeof identity === 'function' ? identity() : identity
}

function selectionFrom(data: Uint8Array): Selection {
  const [, , , , low = 0, high = 0, version = 0, medium = 0] = data
  const code = low | (high << 8)
  return {
    id: idOf(data.subarray(0, 4)),
    manufacturer: code === 0xffff ? null : lettersOf(code),
    version: version === 0xff ? null : version,
    medium: medium === 0xff ? null : medium,
  }
}
