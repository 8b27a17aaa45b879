import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { appendRows } from '../../src-worker/history/columns.ts'
import { firstManifest, sealedFolder, writeManifest, type SealedEntry } from '../../src-worker/history/manifest.ts'
import { rangeOf, wholeLevel } from '../../src-worker/history/months.ts'
import { writeSealed } from '../../src-worker/history/sealed-file.ts'
import { energyPoint, PlantYear, pointsEach, slotMs } from './plant-year.ts'

export const yearFrom = Date.UTC(2024, 0, 1)
const owner = '00112233445566778899aabbccddeeff'
export const yearTo = Date.UTC(2025, 0, 1)
/** Series of point k of device d; numbers begin with 1. */
export const seriesOf = (device: number, point: number) => device * pointsEach + point + 1

/**
 * A year of a synthetic plant as a history folder: each month in one sealed file, written by the store's own code. Only the way into the
 * hot table (journal, search for duplicates) is left out, since it would take an hour for 1,000 devices.
 */
export async function loadYear(folder: string, devices: number, told: (month: string) => void): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(sealedFolder(folder), { recursive: true })
  const plant = new PlantYear(devices, yearFrom)
  const registers = new Set(Array.from({ length: devices }, (_, d) => [seriesOf(d, energyPoint), seriesOf(d, energyPoint + 1)]).flat())
  const files: SealedEntry[] = []
  for (let m = 1; m <= 12; m++) {
    const month = `2024-${String(m).padStart(2, '0')}`
    const staging = join(folder, 'staging.duckdb')
    await rm(staging, { force: true })
    const instance = await DuckDBInstance.create(staging, { memory_limit: '1GB', threads: '2', temp_directory: join(folder, 'spill') })
    const connection = await instance.connect()
    await connection.run('CREATE TABLE hot(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)')
    await fill(connection, plant, rangeOf(month).to)
    const name = `${month}.000001.duckdb`
    const content = { relations: ['hot'], corrects: false, owner, month, zone: 'Europe/Berlin', registers }
    const written = await writeSealed(connection, folder, name, content)
    const place = { name, month, after: 0, through: 0, level: wholeLevel }
    files.push({ ...place, ...written, zone: 'Europe/Berlin', corrects: false, thinned: false })
    connection.closeSync()
    instance.closeSync()
    await rm(staging, { force: true })
    told(month)
  }
  await rm(join(folder, 'spill'), { recursive: true, force: true })
  await writeManifest(folder, { ...firstManifest(owner), generation: 1, files })
}

async function fill(connection: DuckDBConnection, plant: PlantYear, to: number): Promise<void> {
  const series = Uint32Array.from({ length: plant.devices * pointsEach }, (_, i) => i + 1)
  const second = new Uint32Array(series.length)
  while (plant.at + slotMs < to) {
    const appender = await connection.createAppender('hot')
    for (let i = 0; i < 96 && plant.at + slotMs < to; i++) {
      plant.step()
      second.fill(plant.at / 1000)
      appendRows(appender, { series, second, value: plant.values, quality: plant.quality })
    }
    appender.closeSync()
    await new Promise((resolve) => setImmediate(resolve))
  }
}
