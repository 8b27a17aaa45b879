import type { Channel } from '#shared/alarms/notify.ts'
import type { NoticeWords } from '#shared/alarms/notify-text.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { Host } from '../../capability.ts'
import type { Log } from '../../log.ts'
import { deliver, messageOf } from './deliver.ts'
import { failed, type Delivery } from './delivery.ts'
import { expandCalls } from './expand.ts'
import { readRecipients, type KeptRecipient } from './items.ts'
import { dueLanes, laneKey, setRows, settle, takeBatch, type Batch, type Lane } from './lanes.ts'
import { prune, wakeUp } from './outbox-keep.ts'
import { readSetting } from './settings.ts'

const lookMs = 1_000
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** What is under way when the program stops has so long to end. */
const farewellMs = 5_000
/** Messages under way at once, and begun in a minute, on a channel. */
const paces: Record<Channel, { atOnce: number; inMinute: number }> = {
  email: { atOnce: 4, inMinute: 60 },
  sms: { atOnce: 2, inMinute: 20 },
  webhook: { atOnce: 8, inMinute: 240 },
  push: { atOnce: 8, inMinute: 240 },
}

/** Sends what is due, each message once. */
export class Sender {
  readonly #host: Host
  readonly #calendar: Calendar
  readonly #words: (language: string) => NoticeWords
  readonly #log: Log
  readonly #busy = new Map<string, { channel: Channel; ended: Promise<void> }>()
  readonly #begun: Record<Channel, number[]> = { email: [], sms: [], webhook: [], push: [] }
  readonly #ending = new AbortController()
  #looking: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined
  #prunedAt = 0

  constructor(host: Host, calendar: Calendar, words: (language: string) => NoticeWords) {
    this.#host = host
    this.#calendar = calendar
    this.#words = words
    this.#log = host.log.for('notices')
  }

  /** What was leaving when the program ended is uncertain from now on. */
  async start(): Promise<void> {
    const { uncertain } = await wakeUp(this.#host.database, this.#host.clock())
    if (uncertain > 0) this.#log.warn('notices were under way when the program ended', { count: uncertain })
    this.look()
  }

  /** Looks now for what is due, and again every second. */
  look(): void {
    if (this.#looking || this.#ending.signal.aborted) return
    clearTimeout(this.#timer)
    this.#looking = this.#look()
      .catch((error: unknown) => this.#log.error('outbox cannot be read', { error: String(error) }))
      .finally(() => {
        this.#looking = null
        if (!this.#ending.signal.aborted) this.#timer = setTimeout(() => this.look(), lookMs)
      })
  }

  /** What could not end is uncertain, or waits for the next start where it had not left. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    const ended = (async () => {
      await this.#looking
      await Promise.all([...this.#busy.values()].map((one) => one.ended))
    })()
    const patience = setTimeout(() => this.#ending.abort(), farewellMs)
    if (this.#busy.size === 0) this.#ending.abort()
    await ended
    clearTimeout(patience)
    this.#ending.abort()
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    const { database, clock } = this.#host
    await expandCalls(database, this.#calendar, clock())
    const free = (await dueLanes(database, clock())).filter((lane) => !this.#busy.has(laneKey(lane)))
    if (free.length > 0) {
      const [recipients, general] = await Promise.all([readRecipients(database), readSetting(database, 'general')])
      for (const lane of free) {
        if (this.#ending.signal.aborted) return
        if (this.#hasRoom(lane.channel)) await this.#begin(lane, recipients, general)
      }
    }
    if (clock() - this.#prunedAt >= dayMs) {
      this.#prunedAt = clock()
      await prune(database, clock())
    }
  }

  #hasRoom(channel: Channel): boolean {
    const { atOnce, inMinute } = paces[channel]
    const now = this.#host.clock()
    this.#begun[channel] = this.#begun[channel].filter((at) => at > now - minuteMs && at <= now)
    const under = [...this.#busy.values()].filter((one) => one.channel === channel).length
    return under < atOnce && this.#begun[channel].length < inMinute
  }

  async #begin(lane: Lane, recipients: readonly KeptRecipient[], general: { mostInTenMinutes: number; address: string }): Promise<void> {
    const { database, clock } = this.#host
    const batch = await takeBatch(database, lane, general.mostInTenMinutes, clock())
    if (!batch) return
    const recipient = recipients.find(({ id }) => id === lane.recipient)
    if (recipient && !recipient.active) {
      await setRows(database, batch.rows, { state: 'spared', reason: 'inactive', endedAt: clock(), startedAt: null, message: null })
      return
    }
    this.#begun[lane.channel].push(clock())
    const key = laneKey(lane)
    const ended = this.#send(lane, batch, recipient, general.address).finally(() => {
      this.#busy.delete(key)
      this.look()
    })
    this.#busy.set(key, { channel: lane.channel, ended })
  }

  async #send(lane: Lane, batch: Batch, recipient: KeptRecipient | undefined, address: string): Promise<void> {
    const delivery = await this.#deliver(lane, batch, recipient, address)
    if (delivery.is !== 'arrived') {
      this.#log.warn('a notice did not arrive', {
        channel: lane.channel,
        trouble: delivery.trouble,
        message: batch.message,
        certain: delivery.is,
      })
    }
    // Not saying that it was sent would leave it uncertain, so this is not given up while the program runs.
    for (;;) {
      try {
        await settle(this.#host.database, batch, delivery, this.#host.clock())
        break
      } catch (error) {
        this.#log.error('what came of a notice cannot be stored', { message: batch.message, error: String(error) })
        if (this.#ending.signal.aborted) return
        await new Promise((resolve) => setTimeout(resolve, lookMs))
      }
    }
    this.#host.events.announce({ event: 'changed', kind: 'alarmNotice', ids: batch.rows.map(({ id }) => id) })
  }

  async #deliver(lane: Lane, batch: Batch, recipient: KeptRecipient | undefined, address: string): Promise<Delivery> {
    if (!recipient) return failed('noAddress', '', true)
    try {
      const wording = { words: this.#words, timeZone: this.#host.timeZone, address }
      return await deliver(this.#host, lane.channel, messageOf(batch, lane, recipient, wording), this.#ending.signal)
    } catch (error) {
      this.#log.error('a notice could not be made', { message: batch.message, error: error instanceof Error ? (error.stack ?? '') : '' })
      return failed('other', String(error))
    }
  }
}
