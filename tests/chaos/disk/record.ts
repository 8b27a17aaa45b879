import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** One change of a file system as shim.c noted it, in the order in which it happened. */
export type Change =
  | { op: 'created' | 'unlinked' | 'made' | 'removed'; path: string }
  | { op: 'written'; path: string; at: number; data: Buffer }
  | { op: 'sized'; path: string; size: number }
  | { op: 'syncBegan'; path: string; thread: number }
  | { op: 'syncEnded'; path: string; thread: number; outcome: Outcome }
  | { op: 'renamed' | 'linked'; path: string; to: string }

/** An interrupted sync has neither written nor given up. */
export type Outcome = 'done' | 'failed' | 'interrupted'

const headBytes = 32
const names = ['created', 'written', 'sized', 'syncBegan', 'syncEnded', 'renamed', 'unlinked', 'made', 'removed', 'linked'] as const

/** Everything that a program has changed. A record that the end of the program cut short is left out. */
export function readRecord(path: string): Change[] {
  const bytes = readFileSync(path)
  const changes: Change[] = []
  for (let from = 0; from + headBytes <= bytes.length;) {
    const number = (index: number) => bytes.readUInt32LE(from + index * 4)
    const op = names[number(0) - 1]
    if (!op) throw new Error(`no record at byte ${from}`)
    const thread = number(1)
    const [pathEnd, otherEnd] = [from + headBytes + number(3), from + headBytes + number(3) + number(4)]
    const to = otherEnd + number(5)
    if (to > bytes.length) break
    const place = bytes.toString('utf8', from + headBytes, pathEnd)
    const other = bytes.toString('utf8', pathEnd, otherEnd)
    const position = Number(bytes.readBigUInt64LE(from + 24))
    if (op === 'written') changes.push({ op, path: place, at: position, data: bytes.subarray(otherEnd, to) })
    else if (op === 'sized') changes.push({ op, path: place, size: position })
    else if (op === 'syncBegan') changes.push({ op, path: place, thread })
    else if (op === 'syncEnded') changes.push({ op, path: place, thread, outcome: outcomeOf(number(2)) })
    else if (op === 'renamed' || op === 'linked') changes.push({ op, path: place, to: other })
    else changes.push({ op, path: place })
    from = to
  }
  return changes
}

function outcomeOf(error: number): Outcome {
  if (error === 0) return 'done'
  return error === constants.errno.EINTR ? 'interrupted' : 'failed'
}
