import type { ClientMonitoredItemBase, ClientMonitoredItemGroup, ClientSession, ClientSubscription, NodeId } from 'node-opcua-client'
import type { Library } from './library.ts'
import { isNumeric, type Answered } from './value.ts'

/** A node of which a value is wanted again and again. */
export type Wanted = { key: string; node: NodeId; deadband: number }

const publishMs = 2000
/** Publishing cycles without news after which the server says that it is alive. */
const keepAlives = 4
const silentMs = publishMs * (keepAlives + 3)
/** Wanted twice within this: somebody is looking. Not wanted for this: nobody is any more. */
const interestMs = 45_000
/** After a write the old value may still be on its way. */
const afterWriteMs = publishMs * 4
const againMs = 60_000

type Entry = {
  node: NodeId
  deadband: number
  wantedAt: number
  state: 'new' | 'asked' | 'live' | 'refused'
  latest: Answered | null
  holdUntil: number
}
type Batch = { group: ClientMonitoredItemGroup; entries: Set<Entry> }

/** What the server tells by itself of the nodes that somebody is looking at. The reader asks for all others. */
export class Monitor {
  readonly #opcua: Library
  readonly #session: ClientSession
  readonly #clock: () => number
  readonly #entries = new Map<string, Entry>()
  #batches: Batch[] = []
  #subscription: ClientSubscription | undefined
  #heardAt = 0
  #notBefore = 0
  #busy = false
  #ended = false

  constructor(opcua: Library, session: ClientSession, clock: () => number) {
    this.#opcua = opcua
    this.#session = session
    this.#clock = clock
  }

  /** How many nodes the server tells of by itself now. */
  get live(): number {
    return [...this.#entries.values()].filter(({ latest }) => latest !== null).length
  }

  /** The newest value that the server told by itself, when that is as good as reading it now. */
  latest(key: string): Answered | undefined {
    const entry = this.#entries.get(key)
    const now = this.#clock()
    if (!entry?.latest || entry.holdUntil > now || now - this.#heardAt > silentMs) return undefined
    return entry.latest
  }

  /** Notes what somebody looks at, with the type that a read has just brought, and sees to it that the server tells of it. */
  want(wanted: readonly Wanted[], typeOf: (key: string) => unknown): void {
    const now = this.#clock()
    let fresh = false
    for (const { key, node, deadband } of wanted) {
      const entry = this.#entries.get(key)
      if (!entry) {
        this.#entries.set(key, { node, deadband, wantedAt: now, state: 'new', latest: null, holdUntil: 0 })
        continue
      }
      const again = now - entry.wantedAt < interestMs
      entry.wantedAt = now
      if (entry.state !== 'new' || !again) continue
      const type = typeOf(key)
      if (type !== undefined && !isNumeric(type)) entry.deadband = 0
      fresh = true
    }
    const idle = [...this.#entries.values()].some(({ wantedAt }) => now - wantedAt > interestMs)
    if ((fresh || idle) && !this.#busy && now >= this.#notBefore) void this.#arrange(now)
    else if (this.#subscription && now - this.#heardAt > silentMs && !this.#busy) void this.#drop(now)
  }

  /** A node has just been written: what the server says of it for a while may be older than the write. */
  hold(key: string): void {
    const entry = this.#entries.get(key)
    if (entry) entry.holdUntil = this.#clock() + afterWriteMs
  }

  end(): void {
    this.#ended = true
    this.#entries.clear()
    this.#batches = []
    this.#subscription = undefined
  }

  async #arrange(now: number): Promise<void> {
    this.#busy = true
    try {
      const fresh: Entry[] = []
      for (const [key, entry] of this.#entries) {
        if (now - entry.wantedAt > interestMs) this.#entries.delete(key)
        else if (entry.state === 'new' && entry.wantedAt === now) fresh.push(entry)
      }
      await this.#release()
      if (fresh.length > 0) await this.#begin(fresh)
    } catch {
      // Reading goes on without; the server is asked for a subscription again later.
      await this.#drop(now)
    } finally {
      this.#busy = false
    }
  }

  /** Ends what nobody looks at any more, and all of it with its last node. */
  async #release(): Promise<void> {
    const wanted = new Set(this.#entries.values())
    const idle = this.#batches.filter(({ entries }) => [...entries].every((entry) => !wanted.has(entry)))
    this.#batches = this.#batches.filter((batch) => !idle.includes(batch))
    for (const { group } of idle) await group.terminate()
  }

  async #begin(fresh: readonly Entry[]): Promise<void> {
    const subscription = (this.#subscription ??= await this.#subscribe())
    for (const deadband of new Set(fresh.map((entry) => entry.deadband))) {
      const entries = fresh.filter((entry) => entry.deadband === deadband)
      for (const entry of entries) entry.state = 'asked'
      const { AttributeIds, TimestampsToReturn } = this.#opcua
      const group = await subscription.monitorItems(
        entries.map(({ node }) => ({ nodeId: node, attributeId: AttributeIds.Value })),
        { samplingInterval: publishMs, queueSize: 1, discardOldest: true, filter: this.#filter(deadband) },
        TimestampsToReturn.Both,
      )
      group.on('err', () => undefined)
      group.on('changed', (_item: ClientMonitoredItemBase, answered: Answered, i: number) => {
        const entry = entries[i]
        this.#heardAt = this.#clock()
        if (!entry || this.#ended) return
        entry.state = 'live'
        entry.latest = answered
      })
      group.monitoredItems.forEach((item, i) => {
        const entry = entries[i]
        if (!entry || item.statusCode.value === 0) return
        // Without the filter it may do; after a second refusal the node is simply read.
        entry.state = entry.deadband > 0 ? 'new' : 'refused'
        entry.deadband = 0
      })
      this.#batches.push({ group, entries: new Set(entries) })
    }
  }

  #filter(deadband: number) {
    const { DataChangeFilter, DataChangeTrigger, DeadbandType } = this.#opcua
    return deadband > 0
      ? new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: DeadbandType.Absolute, deadbandValue: deadband })
      : null
  }

  async #subscribe(): Promise<ClientSubscription> {
    const subscription = await this.#session.createSubscription2({
      requestedPublishingInterval: publishMs,
      requestedMaxKeepAliveCount: keepAlives,
      requestedLifetimeCount: keepAlives * 10,
      maxNotificationsPerPublish: 0,
      publishingEnabled: true,
      priority: 1,
    })
    this.#heardAt = this.#clock()
    const hear = () => {
      this.#heardAt = this.#clock()
    }
    subscription.on('keepalive', hear)
    subscription.on('received_notifications', hear)
    subscription.on('terminated', () => {
      if (this.#subscription === subscription) this.#forget()
    })
    return subscription
  }

  async #drop(now: number): Promise<void> {
    this.#notBefore = now + againMs
    const subscription = this.#subscription
    this.#forget()
    // The server ends it by itself when this does not reach it.
    await subscription?.terminate().catch(() => undefined)
  }

  #forget(): void {
    this.#subscription = undefined
    this.#batches = []
    for (const entry of this.#entries.values()) Object.assign(entry, { state: 'new', latest: null })
  }
}
