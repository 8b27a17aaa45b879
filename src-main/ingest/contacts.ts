import type { Contact } from '#shared/devices/contract.ts'
import { Failure } from '#shared/failures.ts'

/** Nothing is known of a gateway's interval before its second message. */
const unknownIntervalMs = 15 * 60_000
const shortestIntervalMs = 10_000
const longestIntervalMs = 24 * 3_600_000
const kept = 8

type Heard = { lastAt: number; gaps: number[] }

/** When each device was heard of last, and how long it usually is quiet. Times are UTC ms of arrival. */
export class Contacts {
  readonly #heard = new Map<string, Heard>()

  /** Something of the device has arrived. */
  hear(device: string, now: number): void {
    const heard = this.#heard.get(device)
    if (!heard) {
      this.#heard.set(device, { lastAt: now, gaps: [] })
      return
    }
    // Stored messages come one after the other when a lost uplink is back; they say nothing about the interval.
    if (now - heard.lastAt >= 1000) heard.gaps.push(now - heard.lastAt)
    if (heard.gaps.length > kept) heard.gaps.shift()
    heard.lastAt = now
  }

  forget(device: string): void {
    this.#heard.delete(device)
  }

  /** The median of the last eight pauses, in ms. */
  usualMs(device: string): number {
    const gaps = (this.#heard.get(device)?.gaps ?? []).toSorted((a, b) => a - b)
    return Math.min(longestIntervalMs, Math.max(shortestIntervalMs, gaps[gaps.length >> 1] ?? unknownIntervalMs))
  }

  /** How the contact is now: online while something came within twice the usual interval. `before` is as it was. */
  contactOf(device: string, before: Contact, now: number): Contact {
    const lastAt = this.#heard.get(device)?.lastAt ?? null
    const usualMs = this.usualMs(device)
    const quietSince = lastAt ?? before.since
    const lastAnswer = lastAt ?? before.lastAnswer
    if (now - quietSince > 2 * usualMs) {
      const failure = new Failure('ingest.quiet', { minutes: Math.max(1, Math.round((2 * usualMs) / 60_000)) }).report()
      return { state: 'offline', since: before.state === 'offline' ? before.since : now, lastAnswer, failure }
    }
    if (lastAt === null) return before
    return { state: 'online', since: before.state === 'online' ? before.since : now, lastAnswer, failure: null }
  }
}
