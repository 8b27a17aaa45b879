import type { ContactReport, Hole, ReadingsEvent, UnservedEvent } from '#shared/acquisition/port.ts'
import { buffersOf, type ReadingBatch } from '#shared/reading.ts'

export type Announce = (event: string, data: unknown, transfer?: readonly ArrayBuffer[]) => void
type Reported = { report(): ContactReport }

/** Tells the host what was read and how the contact is. */
export class Reporter {
  readonly #announce: Announce
  readonly #reportMs: number
  readonly #changed = new Set<Reported>()
  readonly #urgent = new Set<Reported>()
  #timer: NodeJS.Timeout | undefined
  #turn: NodeJS.Immediate | undefined

  constructor(announce: Announce, reportMs: number) {
    this.#announce = announce
    this.#reportMs = reportMs
  }

  /** The batch is moved and cannot be used afterwards. */
  readings(batch: ReadingBatch, store: boolean, reason: ReadingsEvent['reason']): void {
    this.#announce('readings', { batch, store, reason } satisfies ReadingsEvent, buffersOf(batch))
  }

  unserved(device: string, holes: Hole[]): void {
    this.#announce('unserved', { device, holes } satisfies UnservedEvent)
  }

  served(device: string, holes: Hole[]): void {
    if (holes.length > 0) this.#announce('served', { device, holes } satisfies UnservedEvent)
  }

  /** Reports the device with the others about once a second, or in this turn of the loop when its state has changed. */
  contact(device: Reported, atOnce: boolean): void {
    if (atOnce) {
      this.#changed.delete(device)
      this.#urgent.add(device)
      this.#turn ??= setImmediate(() => {
        this.#turn = undefined
        this.#send(this.#urgent)
      })
    } else if (!this.#urgent.has(device)) {
      this.#changed.add(device)
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.#send(this.#changed)
      }, this.#reportMs)
    }
  }

  forget(device: Reported): void {
    this.#changed.delete(device)
    this.#urgent.delete(device)
  }

  stop(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#turn)
    this.#changed.clear()
    this.#urgent.clear()
  }

  #send(devices: Set<Reported>): void {
    if (devices.size === 0) return
    const reports = Array.from(devices, (device) => device.report())
    devices.clear()
    this.#announce('contact', reports satisfies ContactReport[])
  }
}
