// What is due when. Everything follows from the clock as it stands now, never from counted intervals: clocks jump and laptops sleep.
import type { Spare } from '#shared/acquisition/port.ts'

export const slotMs = 15 * 60_000
/** A quarter hour that is not read this long after it began is missed. */
const slotWindowMs = 5 * 60_000
/** All devices together would be a flood: each begins within this time after the quarter hour. */
const slotSpreadMs = 20_000
const slotAgainMs = 30_000
export const watchMs = 10_000
const dayMs = 24 * 3_600_000
const settingsAgainMs = 15 * 60_000
/** After a failed read of a device that is spared, the first wait; longer each time, up to its rest. */
const firstSparedBackOffMs = 15 * 60_000
const contactMs = 50_000
/** Where a rule looks, the read that keeps contact brings its points too. */
const guardMs = contactMs
const firstBackOffMs = 2000
const longestBackOffMs = 60_000
/** Back-offs end up to this part early, so that devices that fell silent together do not come back together. */
const backOffSpread = 0.2
/** Longer gaps are a clock that was set right and not a laptop that slept. */
const longestSleepMs = 31 * dayMs

export type WantedJob = 'watched' | 'guarded'
export type Job = WantedJob | 'contact' | 'slot' | 'settings'
export type Running = { watched: boolean; guarded: boolean; other: boolean }
const idle: Running = { watched: false, guarded: false, other: false }
type Range = { from: number; to: number }

export type Pace = {
  /** Where in each period this device has its turn, 0 to 1. */
  readonly phase: number
  readonly contactMs: number
  /** What may not be read as often as anybody wants; see `Spare`. */
  readonly spare: Spare | undefined
  lastRead: number | null
  watching: boolean
  guarding: boolean
  /** Time of the last answer; null: make contact now. */
  heard: number | null
  /** Number of the 10 s period of the last watched read; null: read now. */
  watchTurn: number | null
  /** The same of its 50 s period, for what rules look at. */
  guardTurn: number | null
  settingsTurn: number | null
  settingsTried: number | null
  /** The quarter hour that it is, whether it is still to be read, and the last try. */
  slot: number
  slotOpen: boolean
  slotTried: number | null
  /** Quarter hours that have been read, so that a clock set back stores none twice and loses none. */
  done: Range[]
  lastSlot: number | null
  missed: number
  failures: number
  failedAt: number
}

/** Pace of a device that has just been added. `idleCloseMs` is the silence after which it closes its connection. */
export function startPace(device: string, idleCloseMs: number | undefined, lastSlot: number | null, now: number, spare?: Spare): Pace {
  const pace: Pace = {
    phase: phaseOf(device),
    contactMs: spare ? Infinity : Math.min(contactMs, ((idleCloseMs ?? contactMs * 2) * 2) / 3),
    spare,
    lastRead: later(lastSlot, spare?.lastRead ?? null),
    watching: false,
    guarding: false,
    heard: null,
    watchTurn: null,
    guardTurn: null,
    settingsTurn: null,
    settingsTried: null,
    slot: slotOf(now),
    slotOpen: false,
    slotTried: null,
    done: [],
    lastSlot,
    missed: 0,
    failures: 0,
    failedAt: 0,
  }
  if (lastSlot !== null) markDone(pace, lastSlot)
  pace.slotOpen = !isDone(pace, pace.slot) && now <= pace.slot + slotWindowMs
  return pace
}

/** Takes over what a pace of the same device knew of its quarter hours. */
export function resumePace(pace: Pace, before: Pace): void {
  for (const { from, to } of before.done) pace.done.push({ from, to })
  pace.missed = before.missed
  pace.lastRead = later(pace.lastRead, before.lastRead)
  pace.lastSlot = before.lastSlot ?? pace.lastSlot
  pace.slotOpen &&= !isDone(pace, pace.slot)
}

/**
 * The job whose time has come, or null and when to ask again (UTC ms, Infinity while what runs must end first). Watched and guarded
 * reads may run beside one of the others. Passing quarter hours are noted in `pace`.
 */
export function due(pace: Pace, now: number, running: Running = idle): { job: Job | null; at: number } {
  passSlots(pace, now)
  if (restOf(pace) > 0) return dueAfterRest(pace, now, running)
  if (pace.failures > 0 || pace.heard === null) {
    if (isBusy(running)) return { job: null, at: Infinity }
    const at = pace.failures > 0 ? nextTry(pace) : now
    return now >= at || now < pace.failedAt ? { job: 'contact', at: now } : { job: null, at }
  }
  let next = Infinity
  for (const job of order) {
    if (!mayRun(job, pace, running)) continue
    const at = timeOf(job, pace, pace.heard, now)
    if (at <= now) return { job, at: now }
    next = Math.min(next, at)
  }
  return { job: null, at: next }
}

/** A device that rests is read for its quarter hour and for nothing else, whoever looks at it. */
function dueAfterRest(pace: Pace, now: number, running: Running): { job: Job | null; at: number } {
  if (isBusy(running)) return { job: null, at: Infinity }
  const at = Math.max(restedAt(pace, now), pace.failures > 0 ? after(pace.failedAt, sparedBackOff(pace), now) : now)
  if (now < at) return { job: null, at }
  const slot = slotAt(pace, now)
  return slot <= now ? { job: 'slot', at: now } : { job: null, at: slot }
}

const restOf = (pace: Pace) => pace.spare?.restMs ?? 0
const restedAt = (pace: Pace, now: number) => (pace.lastRead === null ? now : after(pace.lastRead, restOf(pace), now))
const sparedBackOff = (pace: Pace) => Math.min(restOf(pace), firstSparedBackOffMs * 2 ** (pace.failures - 1))
/** Nothing was to be read at this time, so that nothing was missed. */
const isResting = (pace: Pace, at: number) => pace.lastRead !== null && at >= pace.lastRead && at < pace.lastRead + restOf(pace)
const later = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b))

const order = ['slot', 'watched', 'guarded', 'settings', 'contact'] as const

const isBusy = ({ watched, guarded, other }: Running) => watched || guarded || other

function mayRun(job: Job, pace: Pace, running: Running): boolean {
  if (job === 'watched') return pace.watching && !running.watched
  if (job === 'guarded') return pace.guarding && !running.guarded
  return !running.other && !(job === 'contact' && running.guarded)
}

function timeOf(job: Job, pace: Pace, heard: number, now: number): number {
  switch (job) {
    case 'slot':
      return slotAt(pace, now)
    case 'watched':
      return pace.spare ? after(heard, pace.spare.watchMs, now) : turnAt(pace.watchTurn, watchMs, pace.phase, now)
    case 'guarded':
      return pace.spare ? after(heard, guardMsOf(pace), now) : turnAt(pace.guardTurn, guardMs, pace.phase, now)
    case 'settings':
      return settingsAt(pace, now)
    case 'contact':
      return after(heard, pace.contactMs, now)
  }
}

export function noteHeard(pace: Pace, now: number): void {
  pace.heard = now
  pace.lastRead = now
  pace.failures = 0
}

export function noteFailed(pace: Pace, now: number): void {
  pace.failures++
  pace.failedAt = now
}

export function nextTry(pace: Pace): number {
  if (restOf(pace) > 0) return pace.failedAt + sparedBackOff(pace)
  const wait = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (pace.failures - 1))
  return pace.failedAt + wait * (1 - backOffSpread * pace.phase)
}

/** How often guarded points of this device are read, ms. */
export const guardMsOf = (pace: Pace) => Math.max(guardMs, pace.spare?.watchMs ?? 0)

/** Rules look at the device, or none does any more. The first read comes at its turn, so that a rule for all devices is no flood. */
export function setGuarding(pace: Pace, guarding: boolean, now: number): void {
  if (guarding && !pace.guarding) noteWanted(pace, 'guarded', now)
  pace.guarding = guarding
}

export function noteWanted(pace: Pace, job: WantedJob, now: number): void {
  if (job === 'watched') pace.watchTurn = turnOf(now, watchMs, pace.phase)
  else pace.guardTurn = turnOf(now, guardMs, pace.phase)
}

/** Settings have been read; what did not come is asked again in a quarter of an hour. */
export function noteSettings(pace: Pace, complete: boolean, now: number): void {
  pace.settingsTurn = turnOf(now, dayMs, pace.phase)
  pace.settingsTried = complete ? null : now
}

/** May a sample still be stored under this quarter hour? */
export function isOpen(pace: Pace, slot: number, now: number): boolean {
  passSlots(pace, now)
  return pace.slotOpen && pace.slot === slot
}

export function noteSlot(pace: Pace, slot: number): void {
  markDone(pace, slot)
  pace.lastSlot = slot
  if (pace.slot === slot) pace.slotOpen = false
}

function passSlots(pace: Pace, now: number): void {
  const slot = slotOf(now)
  if (slot !== pace.slot) {
    if (pace.slotOpen && slot > pace.slot && !isResting(pace, pace.slot)) pace.missed++
    if (slot - pace.slot <= longestSleepMs) {
      for (let slept = pace.slot + slotMs; slept < slot; slept += slotMs) if (!isDone(pace, slept) && !isResting(pace, slept)) pace.missed++
    }
    pace.slot = slot
    pace.slotOpen = !isDone(pace, slot)
    pace.slotTried = null
  }
  if (pace.slotOpen && now > slot + slotWindowMs) {
    pace.slotOpen = false
    if (!isResting(pace, slot)) pace.missed++
  }
}

function slotAt(pace: Pace, now: number): number {
  const offset = pace.phase * slotSpreadMs
  if (!pace.slotOpen) return pace.slot + slotMs + offset
  const again = pace.slotTried === null ? now : after(pace.slotTried, slotAgainMs, now)
  return Math.max(pace.slot + offset, again)
}

function settingsAt(pace: Pace, now: number): number {
  const turn = turnAt(pace.settingsTurn, dayMs, pace.phase, now)
  return pace.settingsTried === null ? turn : Math.min(turn, after(pace.settingsTried, settingsAgainMs, now))
}

/** `ms` after `since`, or at once when the clock stands before `since`. */
const after = (since: number, ms: number, now: number) => (now < since ? now : since + ms)

const turnOf = (now: number, period: number, phase: number) => Math.floor(now / period - phase)
const turnAt = (turn: number | null, period: number, phase: number, now: number) =>
  turn === turnOf(now, period, phase) ? (turn + 1 + phase) * period : now

export const slotOf = (now: number) => Math.floor(now / slotMs) * slotMs

const isDone = (pace: Pace, slot: number) => pace.done.some((range) => range.from <= slot && slot <= range.to)

function markDone(pace: Pace, slot: number): void {
  const range = pace.done.find((other) => other.to + slotMs === slot)
  if (range) range.to = slot
  else if (!isDone(pace, slot)) pace.done.push({ from: slot, to: slot })
  if (pace.done.length > 32) pace.done.shift()
}

/** FNV-1a over the id, as a part of 1: the same device has the same place in every period. */
function phaseOf(device: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < device.length; i++) hash = Math.imul(hash ^ device.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
