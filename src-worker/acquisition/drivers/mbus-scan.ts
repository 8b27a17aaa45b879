import { Failure } from '#shared/failures.ts'
import { buildFrame } from '#shared/mbus/frame.ts'
import { anyMeter, linkAddress, matches, type Selection } from '#shared/mbus/address.ts'
import type { MeterIdentity } from '#shared/mbus/header.ts'
import { decodeTelegram, type Telegram } from '#shared/mbus/telegram.ts'
import type { Heard } from './mbus-line.ts'
import type { Readout } from './mbus-master.ts'

/**
 * A meter that a scan found, with the first telegram of its answer. `address` is its primary address, 0 when it has none;
 * `identity` is null when the meter does not tell it and was not selected by it.
 */
export type FoundMeter = { identity: MeterIdentity | null; address: number; telegram: Telegram; bytes: Uint8Array }

/** What a scan asks of the master of a bus. */
export type ScannedBus = {
  resetAll(signal?: AbortSignal): Promise<void>
  probe(selection: Selection, repeats: number, signal?: AbortSignal): Promise<Heard>
  ping(address: number, repeats: number, signal?: AbortSignal): Promise<Heard>
  read(address: number, signal?: AbortSignal): Promise<Readout>
}

/** `done` runs from 0 to 1; `at` is the part of the bus that is looked at; `found` counts meters so far. */
export type ScanProgress = { done: number; at: string; found: number }

/** `unclear`: parts where somebody answered and no meter could be told. */
export type ScanResult = { meters: readonly FoundMeter[]; unclear: readonly string[] }

export type ScanOptions = {
  onProgress?: (progress: ScanProgress) => void
  signal?: AbortSignal
  /** How often silence is asked again before it is believed. */
  repeats?: number
  /** Only meters that this means. */
  within?: Selection
}

const digits = '0123456789'
/** What some makers use beside digits. Tried only where somebody answered and no digit did. */
const letters = 'ABCDE'
const anyDigit = 'F'

/**
 * Finds all meters of a bus by secondary address: one more digit of the number is fixed wherever several answer at once.
 * Rejects with `cancelled`, or with the failure of the channel.
 */
export function scanSecondary(master: ScannedBus, options: ScanOptions = {}): Promise<ScanResult> {
  return new Search(master, options).run()
}

class Search {
  readonly #master: ScannedBus
  readonly #options: ScanOptions
  readonly #repeats: number
  readonly #within: Selection
  readonly #meters: FoundMeter[] = []
  readonly #unclear: string[] = []
  #done = 0

  constructor(master: ScannedBus, options: ScanOptions) {
    this.#master = master
    this.#options = options
    this.#repeats = options.repeats ?? 1
    this.#within = options.within ?? anyMeter
  }

  async run(): Promise<ScanResult> {
    await this.#master.resetAll(this.#options.signal)
    await this.#visit(this.#within.id, 1)
    this.#done = 1
    this.#tell(this.#within.id)
    return { meters: this.#meters, unclear: this.#unclear }
  }

  /** Looks at everything that `id` means, which is `share` of the whole. Returns whether anybody answered. */
  async #visit(id: string, share: number): Promise<boolean> {
    this.#tell(id)
    const heard = await this.#master.probe({ ...this.#within, id }, this.#repeats, this.#options.signal)
    if (heard.kind === 'silence') {
      this.#done += share
      return false
    }
    const found = this.#identify(id, heard)
    if (found) {
      this.#meters.push(found)
      this.#done += share
    } else await this.#divide(id, share)
    return true
  }

  async #divide(id: string, share: number): Promise<void> {
    const at = id.indexOf(anyDigit)
    if (at < 0) {
      this.#unclear.push(id)
      this.#done += share
      return
    }
    const withDigit = (digit: string) => id.slice(0, at) + digit + id.slice(at + 1)
    let answered = false
    for (const digit of digits) if (await this.#visit(withDigit(digit), share / digits.length)) answered = true
    if (answered) return
    for (const letter of letters) if (await this.#visit(withDigit(letter), 0)) answered = true
    if (!answered) this.#unclear.push(id)
  }

  /** The one meter that answered, or undefined when there are several, or one that cannot be understood. */
  #identify(id: string, heard: Heard): FoundMeter | undefined {
    const telegram = heard.kind === 'frame' ? understood(heard) : undefined
    if (!telegram) return undefined
    const identity = telegram.header.identity ?? (id.includes(anyDigit) ? undefined : untold(id))
    // A late answer of a meter that was asked before.
    if (!identity || !matches({ ...this.#within, id }, identity)) return undefined
    return { identity, address: telegram.address, telegram, bytes: heard.kind === 'frame' ? buildFrame(heard.frame) : new Uint8Array() }
  }

  #tell(at: string): void {
    this.#options.onProgress?.({ done: Math.min(1, this.#done), at, found: this.#meters.length })
  }
}

/** A meter that answers without saying who it is, known by the number it was selected with. */
function untold(id: string): MeterIdentity {
  return { id, manufacturer: null, version: null, medium: 0x0f }
}

function understood(heard: Extract<Heard, { kind: 'frame' }>): Telegram | undefined {
  try {
    return decodeTelegram(heard.frame)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

export type PrimaryScanOptions = Omit<ScanOptions, 'within'> & { from?: number; to?: number }

/**
 * Finds meters by primary address, from 0 to 250 unless told otherwise. Addresses that several meters share are `unclear`.
 * Rejects with `cancelled`, or with the failure of the channel.
 */
export async function scanPrimary(master: ScannedBus, options: PrimaryScanOptions = {}): Promise<ScanResult> {
  const { from = linkAddress.unset, to = linkAddress.highest, signal, onProgress, repeats = 1 } = options
  const meters: FoundMeter[] = []
  const unclear: string[] = []
  for (let address = from; address <= to; address++) {
    onProgress?.({ done: (address - from) / (to - from + 1), at: String(address), found: meters.length })
    const heard = await master.ping(address, repeats, signal)
    if (heard.kind === 'silence') continue
    const found = await readAt(master, address, signal)
    if (found) meters.push(found)
    else unclear.push(String(address))
  }
  onProgress?.({ done: 1, at: String(to), found: meters.length })
  return { meters, unclear }
}

const untellable = new Set<string>(['device.silent', 'device.badAnswer', 'device.exception'])

async function readAt(master: ScannedBus, address: number, signal: AbortSignal | undefined): Promise<FoundMeter | undefined> {
  try {
    const { telegrams, frames } = await master.read(address, signal)
    const [telegram] = telegrams
    const { identity } = telegram.header
    return { identity, address, telegram, bytes: frames[0] ?? new Uint8Array() }
  } catch (error) {
    if (error instanceof Failure && untellable.has(error.code)) return undefined
    throw error
  }
}
