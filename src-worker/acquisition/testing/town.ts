import type { ContactReport, ReadingsEvent, Task, UnservedEvent } from '#shared/acquisition/port.ts'
import type { Point } from '#shared/devices/profile.ts'
import { barePoint } from '#shared/devices/testing/point.ts'
import { rowOf, type SeriesReading } from '#shared/reading.ts'
import { Fleet } from '../fleet.ts'
import { startPace } from '../pace.ts'
import type { Timing } from '../timing.ts'

/** A quarter hour, 12:00 UTC. */
export const noon = Date.UTC(2026, 9, 5, 12)

export const point = (id: string, address: number, changes: Partial<Point> = {}): Point =>
  barePoint({ id, address, number: address + 1, ...changes })

const fast: Timing = {
  connectMs: 1000,
  answerMs: 250,
  graceMs: 200,
  busyMs: 20,
  settleMs: 300,
  settleAgainMs: 20,
  reportMs: 20,
  connects: 200,
}

/** A fleet with a clock of its own that starts at `start`, and everything it announces. */
export class Town {
  readonly readings: (SeriesReading & { store: boolean; reason: ReadingsEvent['reason'] })[] = []
  readonly contacts: ContactReport[] = []
  readonly unserved: UnservedEvent[] = []
  readonly served: UnservedEvent[] = []
  readonly fleet: Fleet
  #offset: number

  constructor(start: number, timing: Partial<Timing> = {}) {
    this.#offset = start - performance.now()
    this.fleet = new Fleet((event, data) => this.#hear(event, data), this.clock, { ...fast, ...timing })
  }

  readonly clock = () => Math.floor(this.#offset + performance.now())

  /** Sets the clock. */
  set(now: number): void {
    this.#offset = now - performance.now()
  }

  close(): void {
    this.fleet.stop()
  }

  add(port: number, points: readonly Point[], changes: Partial<Task> = {}): Task {
    const task: Task = {
      device: early,
      address: { host: '127.0.0.1', port, unit: 1 },
      protocol: 'modbus',
      points,
      series: points.map((_, i) => 100 + i),
      limits: { block: 50, gap: 4, functions: [3] },
      unserved: [],
      lastSlot: null,
      ...changes,
    }
    void this.fleet.handlers.add(structuredClone(task))
    return task
  }

  /** States in the order they were announced. */
  states(device = early): string[] {
    const states = this.contacts.filter((report) => report.device === device).map((report) => report.contact.state)
    return states.filter((state, i) => state !== states[i - 1])
  }

  last(device = early): ContactReport | undefined {
    return this.contacts.findLast((report) => report.device === device)
  }

  stored(reason: ReadingsEvent['reason']): [number, number | null, number][] {
    return this.readings.filter((one) => one.store && one.reason === reason).map((one) => [one.series, one.value, one.at])
  }

  #hear(event: string, data: unknown): void {
    if (event === 'readings') {
      const { batch, store, reason } = data as ReadingsEvent
      for (let i = 0; i < batch.series.length; i++) this.readings.push({ ...rowOf(batch, i), store, reason })
    } else if (event === 'contact') this.contacts.push(...structuredClone(data as ContactReport[]))
    else if (event === 'served') this.served.push(data as UnservedEvent)
    else this.unserved.push(data as UnservedEvent)
  }
}

/** Ids whose turn in every period comes as early as it can, so that a test need not wait for it. */
export function earlyIds(count: number, latest = 0.005): string[] {
  const ids: string[] = []
  for (let i = 0; ids.length < count; i++) if (startPace(`d${i}`, undefined, null, 0).phase < latest) ids.push(`d${i}`)
  return ids
}

export const early = earlyIds(1)[0] ?? ''

/** Waits until the condition holds; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}
