import type { AcquisitionPort, LineLook, NamedTask, Task } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
import type { Handlers } from '#shared/rpc.ts'
import { Device } from './device.ts'
import { Doctor } from './doctor.ts'
import { listSerialPorts } from './drivers/serial-ports.ts'
import { Survey } from './drivers/opcua/survey.ts'
import { Links } from './links.ts'
import { Meters } from './meters.ts'
import { probe, probeValues } from './probe.ts'
import type { Surroundings } from './reads.ts'
import { Reporter, type Announce } from './reporter.ts'
import { Tables } from './table.ts'
import { usualTiming, type Timing } from './timing.ts'
import { wink } from './wink.ts'

/** All devices that are read, and what the host may ask of them. */
export class Fleet {
  readonly #around: Surroundings
  readonly #tables = new Tables()
  readonly #devices = new Map<string, Device>()
  readonly #meters: Meters
  readonly #survey: Survey
  readonly #doctor: Doctor
  #watched: ReadonlySet<number> = new Set()
  #guarded: ReadonlySet<number> = new Set()

  constructor(announce: Announce, clock: () => number, timing: Timing = usualTiming, folder?: string) {
    this.#around = { clock, timing, links: new Links(timing, clock, folder), reporter: new Reporter(announce, timing.reportMs) }
    this.#doctor = new Doctor(clock)
    this.#survey = new Survey(folder, clock, timing)
    this.#meters = new Meters(this.#around.links, announce)
  }

  readonly handlers: Handlers<AcquisitionPort> = {
    profile: ({ id, points }) => this.#tables.tell(id, points),
    add: (task) => this.#add(task),
    remove: ({ device }) => {
      this.#devices.get(device)?.stop()
      this.#devices.delete(device)
    },
    watch: ({ series }) => {
      this.#watched = new Set(series)
      for (const device of this.#devices.values()) device.want('watched', this.#watched)
    },
    guard: ({ series }) => {
      this.#guarded = new Set(series)
      for (const device of this.#devices.values()) device.want('guarded', this.#guarded)
    },
    readNow: ({ device, points }) => this.#device(device).readNow(points),
    write: ({ device, ...asked }) => this.#device(device).write(asked),
    tryNow: ({ device }) => this.#device(device).tryNow(),
    probe: (input) => probe(this.#around.links, this.#around.timing.connectMs, input),
    probeValues: (input) => probeValues(this.#around.links, input),
    test: ({ device }) => this.#device(device).test(),
    wink: (input) => wink(this.#around.links, input),
    meterAnswer: ({ address, fresh }) => this.#meters.answer(address, fresh),
    meterScan: (input) => this.#meters.scan(input),
    meterScanStop: () => this.#meters.stopScan(),
    meterBaud: ({ address, baud }) => this.#meters.setBaud(address, baud),
    opcuaEndpoints: (input) => this.#survey.handlers.opcuaEndpoints(input),
    opcuaBrowse: (input) => this.#survey.handlers.opcuaBrowse(input),
    opcuaRead: (input) => this.#survey.handlers.opcuaRead(input),
    opcuaOwn: (input) => this.#survey.handlers.opcuaOwn(input),
    line: ({ device, since }) => this.#line(device, since),
    ports: () => listSerialPorts(),
    stop: () => this.stop(),
  }

  stop(): void {
    this.#doctor.stop()
    this.#meters.stopScan()
    this.#survey.stop()
    for (const device of this.#devices.values()) device.stop()
    this.#devices.clear()
    this.#around.reporter.stop()
  }

  #add(task: Task | NamedTask): void {
    const before = this.#devices.get(task.device)
    const table = 'profile' in task ? this.#tables.told(task.profile) : this.#tables.tableOf(task.points)
    const device = new Device({ ...task, points: table.points }, table, this.#around, before)
    // After the new one has the connection, so that it stays open.
    before?.stop()
    this.#devices.set(task.device, device)
    device.want('watched', this.#watched)
    device.want('guarded', this.#guarded)
    device.start()
  }

  #line(id: string, since: number): LineLook {
    const { link } = this.#device(id)
    const units = [...this.#devices.values()].filter((device) => device.link === link).map((device) => device.look())
    return { ...this.#doctor.look(link, since), units }
  }

  #device(id: string): Device {
    const device = this.#devices.get(id)
    if (!device) throw new Failure('notFound', { device: id })
    return device
  }
}
