import type { ImportRun } from '#shared/commissioning/table.ts'
import { Failure } from '#shared/failures.ts'

const bytesStart = (bytes: Uint8Array, ...wanted: number[]) => wanted.every((byte, i) => bytes[i] === byte)

/**
 * The text of a file: by its mark where it has one, as UTF-8 where it can be that, else as Windows-1252, in which spreadsheets of
 * western Europe save. Throws table.unreadable for what is no text, such as a workbook.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: ImportRun['encoding'] } {
  const decoded = decode(bytes)
  if (decoded.text.includes('\u0000')) throw new Failure('table.unreadable', { context: 'binary' })
  return decoded
}

function decode(bytes: Uint8Array): { text: string; encoding: ImportRun['encoding'] } {
  if (bytesStart(bytes, 0xef, 0xbb, 0xbf)) return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8 with BOM' }
  if (bytesStart(bytes, 0xff, 0xfe)) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' }
  if (bytesStart(bytes, 0xfe, 0xff)) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}
