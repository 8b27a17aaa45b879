import { addDays, createCalendar } from '#shared/calendar.ts'
import { besideFreezes, checkMeter } from '#shared/energy/check.ts'
import { batteryPoll, verificationEnds } from '#shared/energy/checks/plate.ts'
import type { CheckState } from '#shared/energy/contract.ts'
import { figure, type Found } from '#shared/energy/finding.ts'
import { frozenHours, groupFreezes, type Freeze } from '#shared/energy/freeze.ts'
import type { Hours } from '#shared/energy/hours.ts'
import type { Limits } from '#shared/energy/limits.ts'
import { found } from '#shared/energy/meter-hours.ts'
import { hourMs } from '#shared/energy/register.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'
import { gather, query, windowOf, type Gathered } from './gather.ts'
import type { StandingLimits } from './limits.ts'
import { match, type Placed } from './match.ts'
import { knownMeters, type KnownMeter } from './meters.ts'
import { applyFindings, readStanding } from './store.ts'

export const job = 'energy.check'

/** Whole days that a check looks at, besides today. */
const days = 8
const devicesAtOnce = 40
const nightHour = 3.5
/** A check that was missed is made up for so long after the start. */
const afterStartMs = 10 * 60_000
const dayMs = 24 * hourMs

/** Checks all meters, each night and when somebody asks; one check at a time. */
export class Checker {
  readonly #host: Host
  readonly #limits: StandingLimits
  #state: Omit<CheckState, 'next'> = { state: 'none', startedAt: null, endedAt: null, devices: 0, total: 0 }
  #running: { cancelled: boolean; ended: Promise<void> } | null = null

  constructor(host: Host, limits: StandingLimits) {
    this.#host = host
    this.#limits = limits
  }

  get info(): CheckState {
    return { ...this.#state, next: this.next() }
  }

  /** UTC ms of the night in which it is due, or soon after the start when there was none of late. */
  next(): number {
    const { timeZone, startedAt } = this.#host
    const last = this.#state.startedAt
    if (last === null) return startedAt + afterStartMs
    const calendar = createCalendar(timeZone)
    const tonight = calendar.startOf(calendar.dateAt(last)) + nightHour * hourMs
    return tonight > last ? tonight : calendar.startOf(addDays(calendar.dateAt(last), 1)) + nightHour * hourMs
  }

  /** Throws busy while one runs. */
  begin(): CheckState {
    if (this.#running) throw new Failure('busy', { what: 'energyCheck' })
    const running = { cancelled: false, ended: Promise.resolve() }
    this.#running = running
    this.#state = { state: 'running', startedAt: this.#host.clock(), endedAt: null, devices: 0, total: this.#host.plant.size }
    this.#announce()
    running.ended = this.#run(running).then(
      () => this.#end(running.cancelled ? 'cancelled' : 'done'),
      (error: unknown) => {
        const cancelled = error instanceof Failure && error.code === 'cancelled'
        if (!cancelled) this.#host.log.for('energy').error('the check of meters ended early', { error: String(error) })
        this.#end(cancelled ? 'cancelled' : 'failed')
      },
    )
    return this.info
  }

  async stop(): Promise<void> {
    const running = this.#running
    if (!running) return
    running.cancelled = true
    await this.#host.workers.history.call.cancel({ query })
    await running.ended
  }

  async #run(running: { cancelled: boolean }): Promise<void> {
    const { plant, clock, timeZone } = this.#host
    const limits = await this.#limits.get()
    const window = windowOf(clock(), timeZone, days)
    const known = [...(await knownMeters(this.#host)).values()]
    const todo = plant.all().map((device) => ({ device, meters: known.filter(({ meter }) => meter.device === device.id) }))
    const checked = new Set<string>()
    const freezes: Freeze[] = []
    const found: Placed[] = []
    for (let i = 0; i < todo.length && !running.cancelled; i += devicesAtOnce) {
      const some = todo.slice(i, i + devicesAtOnce)
      for (const one of await gather(this.#host, some, window, limits)) {
        for (const frozen of frozenHours(hoursOfGrid(one), one.series, limits))
          freezes.push({ device: one.device.id, gateway: gatewayOf(one.device), ...frozen })
        found.push(...this.#findingsOf(one, limits))
      }
      for (const { device } of some) checked.add(device.id)
      this.#state = { ...this.#state, devices: checked.size }
      this.#announce()
    }
    if (running.cancelled) return
    await this.#keep({ found, freezes, checked, known, limits, window })
  }

  #findingsOf({ device, meters, faults }: Gathered, limits: Limits): Placed[] {
    const { clock, timeZone } = this.#host
    const calendar = createCalendar(timeZone)
    const of =
      (meter: string | null) =>
      (one: Found): Placed => ({ ...one, device: device.id, devices: [device.name], meter })
    const owner = (series: number | null) =>
      meters.find(({ known }) => Object.values(known.meter.values).some((one) => one === series))?.known.meter.id ?? null
    return [
      ...faults.map((one) => of(owner(one.series))(one)),
      ...meters.flatMap(({ known: { meter, plate }, hours, operating, told }) =>
        [
          ...checkMeter(hours),
          ...operating,
          ...verificationEnds(plate, clock(), calendar, limits),
          ...(meter.power === 'battery' ? batteryPoll(meter.restMs, clock(), limits) : []),
          ...infoFindings(meter.checks.status ?? meter.checks.infoCode ?? null, meter.checks.status !== undefined, hours.at, told),
        ].map(of(meter.id)),
      ),
    ]
  }

  async #keep(result: {
    found: Placed[]
    freezes: Freeze[]
    checked: Set<string>
    known: KnownMeter[]
    limits: Limits
    window: { from: number; to: number }
  }) {
    const { found: all, freezes, checked, known, limits, window } = result
    const behind = new Map<string, number>()
    for (const device of this.#host.plant.all()) behind.set(gatewayOf(device), (behind.get(gatewayOf(device)) ?? 0) + 1)
    const { groups, single } = groupFreezes(freezes, (gateway) => behind.get(gateway) ?? 1, limits)
    const nameOf = (id: string) => this.#host.plant.get(id)?.name ?? id
    const placed = all.filter(
      (one) =>
        besideFreezes(
          [one],
          freezes.filter(({ device }) => device === one.device),
        ).length > 0,
    )
    for (const { devices, from, to, hours } of groups)
      placed.push({
        ...found('gateway', 'alarm', null, from, to, figure('devices', devices.length), figure('hours', hours, 'h')),
        device: null,
        devices: devices.map(nameOf),
        meter: null,
      })
    for (const { device, from, to, hours } of single)
      placed.push({
        ...found('frozen', 'warning', null, from, to, figure('hours', hours, 'h')),
        device,
        devices: [nameOf(device)],
        meter: null,
      })
    const { fresh, gone } = match({
      stored: await readStanding(this.#host.database, window.from - dayMs),
      placed,
      checked: ({ device }) => device === null || checked.has(device) || !this.#host.plant.get(device),
      settled: ({ meter, rule, fromAt, toAt }) =>
        ['reset', 'backwards', 'jump', 'exchange'].includes(rule) &&
        known.some(
          (one) =>
            one.meter.id === meter &&
            one.exchanges.energy.some(({ at, final }) => final !== null && at >= fromAt - dayMs && at <= toAt + dayMs),
        ),
      window,
    })
    await applyFindings(this.#host.database, fresh, gone, this.#host.clock())
    this.#host.events.announce({ event: 'changed', kind: 'finding', ids: [] })
  }

  #end(state: CheckState['state']): void {
    this.#running = null
    this.#state = { ...this.#state, state, endedAt: this.#host.clock() }
    this.#announce()
  }

  #announce(): void {
    const { state, devices, total } = this.#state
    if (state !== 'none') this.#host.events.announce({ event: 'jobs', job, done: devices, total, state })
  }
}

const hoursOfGrid = ({ meters, series }: Gathered): Float64Array => meters[0]?.hours.at ?? new Float64Array(series[0]?.mean.length ?? 0)

/** What a device is reached through: others behind the same fall silent with it. */
function gatewayOf({ address }: PlantDevice): string {
  return address.serial ? address.host : `${address.host}:${address.port}`
}

/** Hours in which a meter reported something, with what it reported last. */
function infoFindings(series: number | null, isStatus: boolean, at: Float64Array, told: Hours | null): Found[] {
  if (series === null || !told) return []
  const rows = [...at.keys()].filter((row) => (told.max[row] as number) > 0)
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return []
  const [from, to] = [at[first] as number, (at[last] as number) + hourMs]
  return [
    found(
      'info',
      'warning',
      series,
      from,
      to,
      figure(isStatus ? 'status' : 'infoCode', told.max[last] as number),
      figure('hours', rows.length, 'h'),
    ),
  ]
}
