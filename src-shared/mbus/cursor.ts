import { badAnswer, type MbusFault } from './fault.ts'

/** A place in a run of bytes that moves on as they are taken. Nothing is ever read past the end. */
export type Cursor = { readonly bytes: Uint8Array; at: number }

export function left(cursor: Cursor): number {
  return cursor.bytes.length - cursor.at
}

/** The next byte. Throws `device.badAnswer` with the reason when there is none. */
export function takeByte(cursor: Cursor, reason: MbusFault): number {
  const byte = cursor.bytes[cursor.at]
  if (byte === undefined) throw badAnswer(reason, { at: cursor.at })
  cursor.at++
  return byte
}

/** The next `count` bytes as a view. Throws `device.badAnswer` with the reason when there are fewer. */
export function takeBytes(cursor: Cursor, count: number, reason: MbusFault): Uint8Array {
  if (count > left(cursor)) throw badAnswer(reason, { at: cursor.at, wanted: count, left: left(cursor) })
  const taken = cursor.bytes.subarray(cursor.at, cursor.at + count)
  cursor.at += count
  return taken
}
