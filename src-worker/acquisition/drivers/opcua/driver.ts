import type { NodeId } from 'node-opcua-client'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { DriverOptions, Freshness, Target, ValueDriver, Values } from '../driver.ts'
import { connectTo, type Connected } from './connection.ts'
import { deadbandOf } from './deadband.ts'
import { leave } from './discover.ts'
import { within } from './limit.ts'
import { Monitor, type Wanted } from './monitor.ts'
import { Nodes } from './nodes.ts'
import { failureOf, type Where } from './opcua-failure.ts'
import { readNodes } from './read.ts'
import { isMissing, isUnheard, qualityIndex, statusName } from './status.ts'
import { meaning, statusOf, type Answered } from './value.ts'
import { writeNode } from './write-node.ts'

type Open = Connected & { nodes: Nodes; monitor: Monitor }

/** How long trust that was taken back may still be relied on. */
const trustMs = 5000
const ending = new Set<string>(['device.closed', 'opcua.certificateUntrusted', 'opcua.certificateChanged'])

/** What is read for no more than a sign of life: the state of the server. */
const serverState = 'i=2259'

/** Devices behind one OPC UA server: one session for all of them, values by node. */
export class OpcuaDriver implements ValueDriver {
  readonly #options: DriverOptions
  readonly #where: Where
  readonly #clock: () => number
  /** UTC ms at which each node was last said to have its value. */
  readonly #told = new Map<string, number>()
  #open: Open | undefined
  #closed = false
  #trustedAt = 0

  constructor(options: DriverOptions) {
    this.#options = options
    this.#where = { host: options.host, port: options.port }
    this.#clock = options.clock ?? neverTold
  }

  async open(): Promise<void> {
    const { address, secret, folder, connectMs, answerMs } = this.#options
    if (folder === undefined) throw new Failure('input.invalid', { fields: 'folder: a data folder is needed for the certificates' })
    const gone = () => this.#gone(new Failure('device.closed', this.#where))
    const connected = await connectTo({ address, secret, folder, now: this.#clock(), times: { connectMs, answerMs }, gone })
    const nodes = new Nodes(connected.opcua, connected.session, this.#clock)
    if (this.#closed) {
      leave(connected.client)
      throw new Failure('cancelled', this.#where)
    }
    this.#open = { ...connected, nodes, monitor: new Monitor(connected.opcua, connected.session, this.#clock) }
    try {
      await within(nodes.begin(), answerMs, 'device.silent', this.#where)
    } catch (error) {
      this.close()
      throw failureOf(error, this.#where)
    }
  }

  close(): void {
    this.#closed = true
    const open = this.#open
    this.#open = undefined
    open?.monitor.end()
    if (open) leave(open.client)
  }

  /** How many nodes the server tells of by itself now. */
  get told(): number {
    return this.#open?.monitor.live ?? 0
  }

  async readValues(target: Target, points: readonly Point[], freshness: Freshness = 'now'): Promise<Values> {
    const member = target.member || undefined
    return this.#ask(async ({ nodes, monitor, session, opcua }) => {
      const names = points.length > 0 ? points.map((point) => point.from ?? '') : [serverState]
      const found = await nodes.resolve(member, names)
      const wanted = found.map((node, i) => node && wantedOf(node, points[i]))
      const answers = new Map<string, Answered>()
      const left = new Map<string, NodeId>()
      for (const one of wanted) {
        if (!one) continue
        const told = freshness === 'watched' ? monitor.latest(one.key) : undefined
        if (told) answers.set(one.key, told)
        else left.set(one.key, one.node)
      }
      const came = await readNodes(opcua, session, [...left.values()])
      ;[...left.keys()].forEach((key, i) => answers.set(key, came[i] ?? {}))
      if (freshness === 'watched') {
        monitor.want(
          wanted.filter((one) => one !== null),
          (key) => answers.get(key)?.value?.dataType,
        )
      }
      const answered = wanted.map((one) => (one ? answers.get(one.key) : undefined))
      this.#judge(member, found, answered)
      return this.#valuesOf(points, wanted, answered)
    })
  }

  async writeValue(target: Target, point: Point, value: number): Promise<void> {
    await this.#ask(async (open) => {
      const [node] = await open.nodes.resolve(target.member || undefined, [point.from ?? ''])
      if (!node) throw new Failure('opcua.writeRefused', { ...this.#where, status: 'BadNodeIdUnknown', code: 0 })
      open.monitor.hold(node.toString())
      await writeNode(open, node, point, value, this.#where)
      open.monitor.hold(node.toString())
    })
  }

  async #ask<T>(work: (open: Open) => Promise<T>): Promise<T> {
    const open = this.#open
    if (!open) throw new Failure('device.closed', this.#where)
    try {
      await this.#lookTrust(open)
      return await within(work(open), this.#options.answerMs * 4, 'device.silent', this.#where)
    } catch (error) {
      const failure = failureOf(error, this.#where)
      if (ending.has(failure.code)) this.#gone(failure)
      throw failure
    }
  }

  /** Trust that was taken back ends what it once opened. */
  async #lookTrust(open: Open): Promise<void> {
    const now = this.#clock()
    if (now - this.#trustedAt < trustMs) return
    await open.trusts()
    this.#trustedAt = now
  }

  /** One session serves several devices: whether this one is there shows in its values alone. */
  #judge(member: string | undefined, found: readonly (NodeId | null)[], answered: readonly (Answered | undefined)[]): void {
    const node = member ?? ''
    const there = answered.filter((one) => one !== undefined && !isMissing(statusOf(one)))
    if (there.length === 0 && member !== undefined) throw new Failure('opcua.nodeMissing', { ...this.#where, node })
    if (there.length === 0 || found.length === 0) return
    if (there.every((one) => isUnheard(statusOf(one))))
      throw new Failure('opcua.memberSilent', { ...this.#where, node, status: statusName(statusOf(there[0])) })
  }

  #valuesOf(points: readonly Point[], wanted: readonly (Wanted | null)[], answered: readonly (Answered | undefined)[]): Values {
    const now = this.#clock()
    const values = { value: new Float64Array(points.length), quality: new Uint8Array(points.length), at: new Float64Array(points.length) }
    points.forEach((point, i) => {
      const key = wanted[i]?.key ?? ''
      const { value, quality, at } = meaning(point, answered[i], now, this.#told.get(key))
      this.#told.set(key, at || now)
      values.value[i] = value
      values.quality[i] = qualityIndex(quality)
      values.at[i] = at
    })
    return values
  }

  #gone(failure: Failure): void {
    if (this.#closed || !this.#open) return
    this.close()
    this.#options.onClose(failure)
  }
}

/** Without a clock no time that a server tells is taken. */
const neverTold = () => 0

function wantedOf(node: NodeId, point: Point | undefined): Wanted {
  return { key: node.toString(), node, deadband: point ? deadbandOf(point) : 0 }
}
