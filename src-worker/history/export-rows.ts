import type { DuckDBConnection } from '@duckdb/node-api'
import type { ExportFormat } from '#shared/backups/contract.ts'
import type { ExportDevice, ExportPoint } from '#shared/history/export-port.ts'
import { qualities } from '#shared/reading.ts'

/** Tables that an export is made from. */
export async function makeTables(connection: DuckDBConnection): Promise<void> {
  await connection.run('CREATE TABLE samples(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)')
  const words = (names: readonly string[]) => names.map((name) => `${name} VARCHAR`).join(', ')
  await connection.run(
    `CREATE TABLE points(series INTEGER, ${words(['device', 'device_name', 'point', 'title', 'quantity', 'unit', 'role'])})`,
  )
  await connection.run(
    `CREATE TABLE devices(${words(['device', 'device_name', 'place', 'profile', 'serial'])}, added DOUBLE, removed DOUBLE)`,
  )
}

export async function fillPoints(connection: DuckDBConnection, points: readonly ExportPoint[]): Promise<void> {
  const appender = await connection.createAppender('points')
  for (const { series, device, name, point, title, quantity, unit, role } of points) {
    appender.appendInteger(series)
    for (const word of [device, name, point, title, quantity, unit, role]) appender.appendVarchar(word)
    appender.endRow()
  }
  appender.closeSync()
}

export async function fillDevices(connection: DuckDBConnection, devices: readonly ExportDevice[]): Promise<void> {
  const appender = await connection.createAppender('devices')
  for (const { device, name, place, profile, serial, addedAt, removedAt } of devices) {
    for (const word of [device, name, place, profile, serial]) appender.appendVarchar(word)
    appender.appendDouble(addedAt / 1000)
    if (removedAt === null) appender.appendNull()
    else appender.appendDouble(removedAt / 1000)
    appender.endRow()
  }
  appender.closeSync()
}

export function deviceRows(format: ExportFormat): string {
  const columns = ['device', words(format, 'device_name'), words(format, 'place'), 'profile', 'serial']
  const times = [time(format, 'devices.added', 'added'), time(format, 'devices.removed', 'removed')]
  return `SELECT ${[...columns, ...times].join(', ')} FROM devices ORDER BY devices.added, device`
}

export function pointRows(format: ExportFormat): string {
  const columns = ['series', 'device', ...['device_name', 'point', 'title'].map((name) => words(format, name)), 'quantity', 'unit', 'role']
  return `SELECT ${columns.join(', ')} FROM points ORDER BY series`
}

/** A sample whose point nobody knows any more keeps its series number. */
export function sampleRows(format: ExportFormat): string {
  const known = ['device', words(format, 'device_name'), words(format, 'point')]
  const quality = `[${qualities.map(quoted).join(', ')}][quality + 1] AS quality`
  const columns = ['samples.series AS series', ...known, time(format, 'epoch("at")', 'time'), 'value', 'unit', quality]
  return `SELECT ${columns.join(', ')} FROM samples LEFT JOIN points ON points.series = samples.series`
}

/** What people wrote. Table programs take a cell that begins like a formula for one; in CSV an apostrophe keeps them from it. */
function words(format: ExportFormat, column: string): string {
  if (format === 'parquet') return column
  return `CASE WHEN regexp_matches(${column}, '^[=+@\\t\\r-]') THEN ${quoted("'")} || ${column} ELSE ${column} END AS ${column}`
}

/** Seconds of UTC as a time: with its zone in Parquet, ISO 8601 in CSV. */
function time(format: ExportFormat, seconds: string, name: string): string {
  if (format === 'parquet') return `to_timestamp(${seconds}) AS "${name}"`
  return `strftime(make_timestamp((${seconds} * 1000000)::BIGINT), '%Y-%m-%dT%H:%M:%SZ') AS "${name}"`
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
