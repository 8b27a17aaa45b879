import type { ReadingBatch } from '../reading.ts'
import type { ExportFormat } from '../backups/contract.ts'

/** What a line of an export says about the point that a sample belongs to. */
export type ExportPoint = {
  series: number
  device: string
  name: string
  point: string
  title: string
  quantity: string
  unit: string
  role: string
}

export type ExportDevice = {
  device: string
  name: string
  place: string
  profile: string
  serial: string
  addedAt: number
  removedAt: number | null
}

/** Writes files that other programs open. One export at a time, in a thread that has no store open. */
export type ExportPort = {
  /** Takes an empty folder for itself and writes lists of devices and points. */
  beginExport(input: {
    folder: string
    memoryMb: number
    format: ExportFormat
    points: ExportPoint[]
    devices: ExportDevice[]
  }): ExportedFile[]
  /** Samples for the next file, in the order in which they are to stand there. */
  addSamples(input: ReadingBatch): void
  /** Writes what was added to one file, which gets the format's ending, and begins the next. */
  writeSamples(input: { name: string }): ExportedFile
  /** Ends the file that is being written with `cancelled`. */
  stopExport(input: Record<string, never>): void
  /** Takes away what only the work needed. */
  endExport(input: Record<string, never>): void
}

export type ExportedFile = { name: string; bytes: number; rows: number }
