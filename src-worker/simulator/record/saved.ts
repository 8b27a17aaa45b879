import { deserialize, serialize } from 'node:v8'
import { Failure } from '#shared/failures.ts'
import type { FaultLedger } from '../faults/book.ts'
import type { OpcuaIdentity } from '../serve/opcua/identity.ts'

const version = 1

/** Simulated UTC ms, simulated seconds a second, and how far its present lay before that of the wall clock, ms. */
export type SavedClock = { now: number; speed: number; ahead: number }

/** Everything that a town remembers. `plan`: what tells its scenario from others; `controllers` in the order of the stations. */
export type Memory<Registers> = {
  plan: string
  clock: SavedClock
  physics: Uint8Array
  controllers: Registers[]
  faults: FaultLedger
  opcua: OpcuaIdentity | undefined
}

export function pack<Registers>(memory: Memory<Registers>): Uint8Array {
  return new Uint8Array(serialize({ version, ...memory }))
}

/** Throws `conflict` for bytes that are damaged, of another version or of another town. */
export function unpack<Registers>(bytes: Uint8Array, plan: string): Memory<Registers> {
  const found = read(bytes)
  if (typeof found !== 'object' || found === null || !('version' in found)) throw refused('damaged')
  if (found.version !== version) throw refused('version')
  if (!isMemory<Registers>(found)) throw refused('damaged')
  if (found.plan !== plan) throw refused('scenario')
  return found
}

function isMemory<Registers>(found: object): found is Memory<Registers> {
  return (
    'plan' in found &&
    typeof found.plan === 'string' &&
    'clock' in found &&
    'faults' in found &&
    'physics' in found &&
    found.physics instanceof Uint8Array &&
    'controllers' in found &&
    Array.isArray(found.controllers)
  )
}

function read(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes)
  } catch (error) {
    throw refused('damaged', error)
  }
}

/** A saved town that cannot be taken, and why. */
export function refused(why: 'damaged' | 'version' | 'scenario', cause?: unknown): Failure {
  return new Failure('conflict', { what: 'savedTown', why }, { cause })
}
