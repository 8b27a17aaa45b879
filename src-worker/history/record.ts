import { frame, kinds } from './frame.ts'
import { emptyRows, rowBytes, type Batch, type Rows } from './rows.ts'

const headBytes = 24

/** A batch as a frame: sequence, total, count (8 bytes each), then the columns value, series, second, quality. */
export function encodeBatch(batch: Batch): Buffer {
  return frame(batch.corrects ? kinds.correction : kinds.batch, [
    encodeHead(batch.sequence, batch.total, batch.series.length),
    ...encodeColumns(batch),
  ])
}

/** Undefined when the frame is not that of a batch. */
export function decodeBatch(kind: number, payload: Buffer): Batch | undefined {
  if (kind !== kinds.batch && kind !== kinds.correction) return undefined
  if (payload.length < headBytes) return undefined
  const [sequence, total, count] = decodeHead(payload)
  const rows = decodeColumns(payload.subarray(headBytes), count)
  return rows && { ...rows, sequence, total, corrects: kind === kinds.correction }
}

export function encodeHead(...numbers: [number, number, number]): Uint8Array {
  return asBytes(BigUint64Array.from(numbers, BigInt))
}

export function decodeHead(payload: Buffer): [number, number, number] {
  return [0, 8, 16].map((at) => Number(payload.readBigUInt64LE(at))) as [number, number, number]
}

export function encodeColumns(rows: Rows): Uint8Array[] {
  return [rows.value, rows.series, rows.second, rows.quality].map(asBytes)
}

/** Undefined when there are not exactly `count` rows. */
export function decodeColumns(bytes: Buffer, count: number): Rows | undefined {
  if (bytes.length !== count * rowBytes) return undefined
  const rows = emptyRows(count)
  let from = 0
  for (const column of [rows.value, rows.series, rows.second, rows.quality]) {
    const target = asBytes(column)
    target.set(bytes.subarray(from, from + target.length))
    from += target.length
  }
  return rows
}

function asBytes(column: ArrayBufferView): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}
