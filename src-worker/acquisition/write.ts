import type { WriteResult } from '#shared/acquisition/port.ts'
import { isSame } from '#shared/devices/writing.ts'
import { Failure } from '#shared/failures.ts'

/** A value that a read brought, null when it means a fault; `at` is UTC ms. */
export type Seen = { value: number | null; at: number }

export type WriteWays = {
  /** Reads the point by a read that begins now. Rejects with a Failure. */
  read(): Promise<Seen>
  /** The one request that writes; `sending` is called when it leaves. Rejects with a Failure. */
  send(sending: () => void): Promise<void>
  pause(): Promise<void>
  /** How long a device may take to show what it was told. */
  settleMs: number
}

/** Accepted and still being worked on, or too busy to be asked: the Modbus exceptions that a second look may clear. */
const accepted = 5
const busyCodes = new Set<unknown>([accepted, 6])

/**
 * Writes a register once: looks first whether it holds what the person saw (`expect`; null: a fault), sends one request that is
 * never repeated, and reads back what came of it. Rejects with a Failure as long as nothing has been sent; from then on there is
 * always a result.
 */
export async function writeOnce({ value, expect }: { value: number; expect: number | null }, ways: WriteWays): Promise<WriteResult> {
  const { value: from } = await ways.read()
  if (!meets(from, expect)) throw new Failure('write.conflict', { found: from ?? '–' })
  const answer = await send(ways)
  const outcomeOf = (seen: Seen | null) => (seen === null ? 'unknown' : meets(seen.value, value) ? 'done' : 'different')
  if (answer instanceof Failure) {
    const code = answer.code === 'device.exception' ? Number(answer.params['code']) : null
    const seen = await look(code === null ? value : null, ways)
    return { ...resultOf(from, seen), outcome: code === null ? 'unknown' : 'refused', code }
  }
  const seen = await look(value, ways)
  return { ...resultOf(from, seen), outcome: outcomeOf(seen), code: null }
}

/** Null when the device took the request; the Failure when it said no, or when nobody knows. Rejects when nothing was sent. */
async function send(ways: WriteWays): Promise<Failure | null> {
  let sent = false
  try {
    await ways.send(() => {
      sent = true
    })
    return null
  } catch (error) {
    if (!sent || !(error instanceof Failure)) throw error
    return error.code === 'device.exception' && error.params['code'] === accepted ? null : error
  }
}

/** Reads until the value is there or its time is over; once only when no value is awaited. Null when the last read failed. */
async function look(awaited: number | null, ways: WriteWays): Promise<Seen | null> {
  const end = performance.now() + ways.settleMs
  for (;;) {
    const seen = await readBack(ways)
    const over = performance.now() >= end
    if (seen === 'lost' || (seen === 'busy' && over)) return null
    if (seen !== 'busy' && (over || awaited === null || meets(seen.value, awaited))) return seen
    await ways.pause()
  }
}

async function readBack(ways: WriteWays): Promise<Seen | 'busy' | 'lost'> {
  try {
    return await ways.read()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.code === 'device.exception' && busyCodes.has(error.params['code']) ? 'busy' : 'lost'
  }
}

const meets = (found: number | null, wanted: number | null) =>
  found === null || wanted === null ? found === wanted : isSame(found, wanted)

const resultOf = (from: number | null, seen: Seen | null) => ({ from, found: seen?.value ?? null, foundAt: seen?.at ?? null })
