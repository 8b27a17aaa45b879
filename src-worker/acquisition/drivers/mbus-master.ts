import { Failure, type FailureParams } from '#shared/failures.ts'
import { linkAddress, matches, selectionText, type Selection } from '#shared/mbus/address.ts'
import { usualBaud, type Baud } from '#shared/mbus/baud.ts'
import { badAnswer, type MbusFault } from '#shared/mbus/fault.ts'
import { buildFrame } from '#shared/mbus/frame.ts'
import { baudRequest, dataRequest, resetRequest, selectRequest } from '#shared/mbus/request.ts'
import { decodeTelegram, type Telegram } from '#shared/mbus/telegram.ts'
import type { ByteChannel } from './mbus-channel.ts'
import { MbusLine, type Heard, type LineTiming } from './mbus-line.ts'

/** A primary address, or the meter that a selection means. */
export type MeterTarget = number | Selection

/**
 * All telegrams of one answer, in order; at least one; `frames` are their bytes. Not `complete`: the meter has more, but did not
 * give it.
 */
export type Readout = { telegrams: readonly [Telegram, ...Telegram[]]; frames: readonly Uint8Array[]; complete: boolean }

export type MasterOptions = Partial<LineTiming> & {
  baud?: Baud
  /** How often a request is repeated that got no answer or a damaged one. */
  repeats?: number
}

const mostTelegrams = 32

type Heeded = { telegram: Telegram; bytes: Uint8Array }

/**
 * The one master of a bus. Its operations wait for each other, so several callers may use it. Every rejection is a Failure:
 * `device.silent`, `device.badAnswer` with `reason`, `device.exception` when the meter reports an error, `device.closed` and its
 * kind when the channel ends, `cancelled`.
 */
export class MbusMaster {
  readonly #channel: ByteChannel
  readonly #line: MbusLine
  readonly #repeats: number
  #last: Promise<unknown> = Promise.resolve()

  constructor(channel: ByteChannel, { baud = usualBaud, networkMs = 300, marginMs = 150, repeats = 2 }: MasterOptions = {}) {
    this.#channel = channel
    this.#line = new MbusLine(channel, baud, { networkMs, marginMs })
    this.#repeats = repeats
  }

  get baud(): Baud {
    return this.#line.baud
  }

  /** The channel has ended: this master will not hear anything any more. */
  get ended(): boolean {
    return this.#line.ended
  }

  /** Whether the converter can be told another speed. */
  get tunable(): boolean {
    return this.#channel.setBaud !== undefined
  }

  /** Longest wait for the first byte of an answer. */
  get answerMs(): number {
    return this.#line.answerMs
  }

  /** Reads a meter from the beginning: its link is reset first. */
  read(target: MeterTarget, signal?: AbortSignal): Promise<Readout> {
    return this.#alone(signal, async () => {
      if (typeof target === 'number') {
        await this.#acknowledged(resetRequest(target), { address: target })
        return this.#readOut(target, (telegram) => checkAddress(telegram, target), signal)
      }
      await this.#line.tell(resetRequest(linkAddress.broadcast))
      await this.#acknowledged(selectRequest(target), { meter: selectionText(target) })
      return this.#readOut(linkAddress.selected, (telegram) => checkIdentity(telegram, target), signal)
    })
  }

  /** Whether a meter answers at a primary address: silence, its acknowledgement, or noise when there are several. */
  ping(address: number, repeats: number, signal?: AbortSignal): Promise<Heard> {
    return this.#alone(signal, () => this.#firstSound(resetRequest(address), repeats))
  }

  /**
   * Who is meant by a selection: silence when nobody is, the first telegram of the only one, or noise when it is not one that can
   * be told. Silence is asked again `repeats` times before it is believed. Nobody comes between selection and answer.
   */
  probe(selection: Selection, repeats: number, signal?: AbortSignal): Promise<Heard> {
    return this.#alone(signal, async () => {
      const selected = await this.#firstSound(selectRequest(selection), repeats)
      if (selected.kind === 'silence') return selected
      const heard = await this.#firstSound(dataRequest(linkAddress.selected, true), repeats)
      return heard.kind === 'silence' ? { kind: 'noise', reason: 'empty' } : heard
    })
  }

  /** Sets the links of all meters back and ends every selection. Nobody answers. */
  resetAll(signal?: AbortSignal): Promise<void> {
    return this.#alone(signal, () => this.#line.tell(resetRequest(linkAddress.broadcast)))
  }

  /**
   * Switches one meter and the converter to another speed, and confirms that the meter is heard there; otherwise the converter
   * goes back and the failure is thrown. All other meters keep their speed and cannot be heard meanwhile.
   */
  switchBaud(address: number, baud: Baud, signal?: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      const before = this.#line.baud
      if (!this.#channel.setBaud) throw new Failure('input.invalid', { field: 'baud', reason: 'fixed' })
      await this.#acknowledged(baudRequest(address, baud), { address, baud })
      await this.#tune(baud)
      try {
        await this.#acknowledged(resetRequest(address), { address, baud })
      } catch (error) {
        await this.#tune(before)
        throw error
      }
    })
  }

  /** Ends the channel. What waits is rejected with `cancelled`. */
  close(): void {
    this.#line.close()
  }

  async #tune(baud: Baud): Promise<void> {
    await this.#channel.setBaud?.(baud)
    this.#line.baud = baud
  }

  #alone<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(() => {
      stopIf(signal)
      return run()
    })
    // Whoever comes next waits for the end, however it went; the caller learns how.
    this.#last = mine.then(
      () => undefined,
      () => undefined,
    )
    return mine
  }

  /** What is heard when all are given the time to answer. */
  async #firstSound(request: Uint8Array, repeats: number): Promise<Heard> {
    let heard = await this.#line.ask(request, { patient: true })
    for (let i = 0; heard.kind === 'silence' && i < repeats; i++) heard = await this.#line.ask(request, { patient: true })
    return heard
  }

  async #acknowledged(request: Uint8Array, where: FailureParams): Promise<void> {
    await this.#repeat(request, where, undefined, (heard) => {
      if (heard.kind === 'noise') return heard.reason
      return heard.kind === 'frame' && heard.frame.kind !== 'ack' ? 'kind' : undefined
    })
  }

  /** Repeats the very same request until what is heard is good: until `wrong` names no fault. Silence never is. */
  async #repeat(
    request: Uint8Array,
    where: FailureParams,
    from: number | undefined,
    wrong: (heard: Heard) => MbusFault | undefined,
  ): Promise<void> {
    let fault: MbusFault | undefined
    for (let tries = 0; tries <= this.#repeats; tries++) {
      const heard = await this.#line.ask(request, { from })
      const found = wrong(heard)
      if (heard.kind !== 'silence' && found === undefined) return
      fault = found ?? fault
    }
    if (fault !== undefined) throw badAnswer(fault, where)
    throw new Failure('device.silent', { ...where, timeoutMs: Math.round(this.answerMs) })
  }

  async #readOut(address: number, check: (telegram: Telegram) => MbusFault | undefined, signal: AbortSignal | undefined): Promise<Readout> {
    const { telegram: first, bytes } = await this.#telegram(address, true, check)
    const telegrams: [Telegram, ...Telegram[]] = [first]
    const frames = [bytes]
    for (let last = first, countBit = false; last.more; countBit = !countBit) {
      stopIf(signal)
      if (telegrams.length === mostTelegrams) return { telegrams, frames, complete: false }
      const isOwn = (telegram: Telegram) => check(telegram) ?? (isSameMeter(first, telegram) ? undefined : 'otherMeter')
      const next = await this.#next(address, countBit, isOwn, last)
      if (!next) return { telegrams, frames, complete: false }
      telegrams.push(next.telegram)
      frames.push(next.bytes)
      last = next.telegram
    }
    return { telegrams, frames, complete: true }
  }

  /** The telegram after `last`, or undefined when the meter does not give one of its own. */
  async #next(
    address: number,
    countBit: boolean,
    check: (telegram: Telegram) => MbusFault | undefined,
    last: Telegram,
  ): Promise<Heeded | undefined> {
    try {
      const next = await this.#telegram(address, countBit, check)
      return isSame(next.telegram, last) ? undefined : next
    } catch (error) {
      if (error instanceof Failure && notGiven.has(error.code)) return undefined
      throw error
    }
  }

  async #telegram(address: number, countBit: boolean, check: (telegram: Telegram) => MbusFault | undefined): Promise<Heeded> {
    let found: Heeded | undefined
    const from = address <= linkAddress.highest ? address : undefined
    await this.#repeat(dataRequest(address, countBit), { address }, from, (heard) => {
      if (heard.kind !== 'frame') return heard.kind === 'noise' ? heard.reason : undefined
      if (heard.frame.kind !== 'long') return 'kind'
      found = { telegram: decodeTelegram(heard.frame), bytes: buildFrame(heard.frame) }
      return check(found.telegram)
    })
    if (!found) throw badAnswer('empty', { address })
    return found
  }
}

/** What a meter that has given its first telegram may do with the next without spoiling the first. */
const notGiven = new Set<string>(['device.silent', 'device.badAnswer', 'device.exception'])

function checkAddress(telegram: Telegram, address: number): MbusFault | undefined {
  return address > linkAddress.highest || telegram.address === address ? undefined : 'address'
}

function checkIdentity({ header }: Telegram, selection: Selection): MbusFault | undefined {
  return header.identity === null || matches(selection, header.identity) ? undefined : 'otherMeter'
}

function isSameMeter({ header: { identity: a } }: Telegram, { header: { identity: b } }: Telegram): boolean {
  return a === null || b === null || (a.id === b.id && a.manufacturer === b.manufacturer && a.version === b.version)
}

function isSame(a: Telegram, b: Telegram): boolean {
  const dataOf = (telegram: Telegram) => telegram.records.flatMap((record) => [...record.bytes]).concat([...telegram.maker])
  const [mine, other] = [dataOf(a), dataOf(b)]
  return a.records.length === b.records.length && mine.length === other.length && mine.every((byte, i) => byte === other[i])
}

/** Throws `cancelled` once the signal is given. */
function stopIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure('cancelled')
}
