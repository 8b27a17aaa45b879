import type { ParsedOf } from '#shared/contract.ts'
import type { MeterScanResult } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
import type { FoundMeterInfo, meters, MeterScanInfo } from '#shared/meters/contract.ts'
import { linkAddress } from '#shared/mbus/address.ts'
import type { Host } from '../capability.ts'
import { describe, meterAddress } from './adding.ts'

type Asked = ParsedOf<(typeof meters)['scan']>

/** Looks for the meters of a line, one scan at a time, in the background. */
export class Scan {
  readonly #host: Host
  #info: MeterScanInfo = { state: 'none', startedAt: null, meters: [], unclear: [], failure: null }
  #running: Promise<void> = Promise.resolve()

  constructor(host: Host) {
    this.#host = host
  }

  get info(): MeterScanInfo {
    return this.#info
  }

  /** Throws busy while one runs. */
  begin({ by, from, to, within, ...line }: Asked): MeterScanInfo {
    if (this.#info.state === 'running') throw new Failure('busy', { what: 'scan' })
    const address = meterAddress({ ...line, unit: 0 })
    const like = within === undefined ? undefined : within.toUpperCase()
    this.#info = { state: 'running', startedAt: this.#host.clock(), meters: [], unclear: [], failure: null }
    this.#announce('running', 0)
    const call = this.#host.workers.acquisition.call.meterScan({ address, by, from, to, within: like })
    this.#running = call.then(
      (result) => this.#end({ state: 'done', meters: this.#found(address, result), unclear: result.unclear }),
      (error: unknown) => this.#fail(error),
    )
    return this.#info
  }

  async stop(): Promise<void> {
    if (this.#info.state !== 'running') return
    await this.#host.workers.acquisition.call.meterScanStop({})
    await this.#running
  }

  #found(line: ReturnType<typeof meterAddress>, { meters: found }: MeterScanResult): FoundMeterInfo[] {
    return found.map(({ unit, member, frame }) => {
      const address = member === null ? { ...line, unit } : { ...line, unit: linkAddress.selected, member }
      return describe(this.#host, address, { frames: [frame], complete: true, at: this.#host.clock() })
    })
  }

  #fail(error: unknown): void {
    if (error instanceof Failure && error.code === 'cancelled') return this.#end({ state: 'cancelled' })
    const failure = error instanceof Failure ? error : new Failure('internal')
    if (failure.code === 'internal') this.#host.log.for('meters').error('a scan ended early', { error: String(error) })
    this.#end({ state: 'failed', failure: failure.report() })
  }

  #end(change: Partial<MeterScanInfo> & Pick<MeterScanInfo, 'state'>): void {
    this.#info = { ...this.#info, ...change }
    this.#announce(change.state === 'none' ? 'done' : change.state, 100)
  }

  #announce(state: 'running' | 'done' | 'failed' | 'cancelled', done: number): void {
    this.#host.events.announce({ event: 'jobs', job: 'meters.scan', done, total: 100, state })
  }
}
