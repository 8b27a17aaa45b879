import type { WriteResult } from '#shared/acquisition/port.ts'
import { isSame } from '#shared/devices/writing.ts'
import { Failure } from '#shared/failures.ts'

/** A value that a read brought, null when it means a fault; `at` is UTC ms. */
export type Seen = { value: number | null; at: number }
/** The same after a write, and whether it is what was asked for. */
export type SeenAfter = Seen & { reached: boolean }

export type WriteWays = {
  /** Reads the point by a read that begins now. Rejects with a Failure. */
  read(): Promise<Seen>
  /** The same, to see whether the value is there. Rejects with a Failure. */
  readBack(): Promise<SeenAfter>
  /** The one request that writes; `sending` is called when it leaves. Rejects with a Failure. */
  send(sending: () => void): Promise<void>
  pause(): Promise<void>
  /** How long a device may take to show what it was told. */
  settleMs: number
}

/** Accepted and still being worked on, or too busy to be asked: the Modbus exceptions that a second look may clear. */
const accepted = 5
const busyCodes = new Set<unknown>([accepted, 6])
/** The device said no, and by which code. */
const refusals = new Set<string>(['device.exception', 'opcua.writeRefused'])

/**
 * Writes a point once: looks first whether it holds what the person saw (`expect`; null: a fault), sends one request that is
 * never repeated, and reads back what came of it. Rejects with a Failure as long as nothing has been sent; from then on there is
 * always a result.
 */
export async function writeOnce(expect: number | null, ways: WriteWays): Promise<WriteResult> {
  const { value: from } = await ways.read()
  if (!meets(from, expect)) throw new Failure('write.conflict', { found: from ?? '–' })
  const answer = await send(ways)
  const code = answer && refusals.has(answer.code) ? Number(answer.params['code']) : null
  const seen = await look(code === null, ways)
  const result = { from, found: seen?.value ?? null, foundAt: seen?.at ?? null, code }
  if (answer) return { ...result, outcome: code === null ? 'unknown' : 'refused' }
  return { ...result, outcome: seen === null ? 'unknown' : seen.reached ? 'done' : 'different' }
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

/** Reads until the value is there or its time is over; once only when it is not awaited. Null when the last read failed. */
async function look(awaited: boolean, ways: WriteWays): Promise<SeenAfter | null> {
  const end = performance.now() + ways.settleMs
  for (;;) {
    const seen = await readBack(ways)
    const over = performance.now() >= end
    if (seen === 'lost' || (seen === 'busy' && over)) return null
    if (seen !== 'busy' && (over || !awaited || seen.reached)) return seen
    await ways.pause()
  }
}

async function readBack(ways: WriteWays): Promise<SeenAfter | 'busy' | 'lost'> {
  try {
    return await ways.readBack()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.code === 'device.exception' && busyCodes.has(error.params['code']) ? 'busy' : 'lost'
  }
}

/** Whether a read brought what was meant; null stands for a fault on both sides. */
export const meets = (found: number | null, wanted: number | null) =>
  found === null || wanted === null ? found === wanted : isSame(found, wanted)
