import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { ExportFormat } from '#shared/backups/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { ExportedFile, ExportPort } from '#shared/history/export-port.ts'
import { appendRows } from './columns.ts'
import { storageFailure } from './disk.ts'
import { deviceRows, fillDevices, fillPoints, makeTables, pointRows, quoted, sampleRows } from './export-rows.ts'
import { toRows } from './rows.ts'

type Open = { folder: string; format: ExportFormat; instance: DuckDBInstance; connection: DuckDBConnection }
export type Exporter = { [K in keyof ExportPort]: (input: Parameters<ExportPort[K]>[0]) => Promise<ReturnType<ExportPort[K]>> }

const workName = 'work.duckdb'
const spillName = 'spill'

const options: Record<ExportFormat, string> = {
  parquet: 'FORMAT parquet, COMPRESSION zstd',
  csv: 'FORMAT csv, HEADER',
  'csv.gz': 'FORMAT csv, HEADER, COMPRESSION gzip',
}

/** ExportPort on a database of its own, which lies beside the files while they are made and keeps to its memory. */
export function exporter(): Exporter {
  let open: Open | undefined
  const opened = () => {
    if (!open) throw new Failure('storage.failed', { reason: 'no export' })
    return open
  }
  return {
    beginExport: ({ folder, memoryMb, format, points, devices }) =>
      told(async () => {
        if (open) throw new Failure('busy', { what: 'export' })
        open = await begin(folder, memoryMb, format)
        await makeTables(open.connection)
        await fillPoints(open.connection, points)
        await fillDevices(open.connection, devices)
        return [await write(open, 'devices', deviceRows(format)), await write(open, 'points', pointRows(format))]
      }),
    addSamples: (batch) =>
      told(async () => {
        const appender = await opened().connection.createAppender('samples')
        appendRows(appender, toRows(batch))
        appender.closeSync()
      }),
    writeSamples: ({ name }) =>
      told(async () => {
        const file = await write(opened(), name, sampleRows(opened().format))
        await opened().connection.run('TRUNCATE samples')
        return file
      }),
    stopExport: async () => open?.connection.interrupt(),
    endExport: async () => {
      const ending = opened()
      open = undefined
      ending.connection.closeSync()
      ending.instance.closeSync()
      for (const name of [workName, `${workName}.wal`, spillName]) await rm(join(ending.folder, name), { recursive: true, force: true })
    },
  }
}

/** Nothing outside of the folder can be read or written. */
async function begin(folder: string, memoryMb: number, format: ExportFormat): Promise<Open> {
  const instance = await DuckDBInstance.create(join(folder, workName), {
    memory_limit: `${memoryMb}MB`,
    threads: '1',
    temp_directory: join(folder, spillName),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_directories = [${quoted(folder)}]`)
  await connection.run('SET enable_external_access = false')
  return { folder, format, instance, connection }
}

async function write({ folder, format, connection }: Open, stem: string, rows: string): Promise<ExportedFile> {
  const name = `${stem}.${format}`
  const path = join(folder, name)
  const result = await connection.run(`COPY (${rows}) TO ${quoted(path)} (${options[format]})`)
  const [[count] = []] = await result.getRows()
  return { name, bytes: (await stat(path)).size, rows: Number(count) }
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (/interrupt/i.test(String(error))) throw new Failure('cancelled', {}, { cause: error })
    throw storageFailure(error)
  }
}
