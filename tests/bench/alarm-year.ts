import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { appendRows } from '../../src-worker/history/columns.ts'
import { firstManifest, sealedFolder, writeManifest, type SealedEntry } from '../../src-worker/history/manifest.ts'
import { rangeOf, wholeLevel } from '../../src-worker/history/months.ts'
import { writeSealed } from '../../src-worker/history/sealed-file.ts'
import { yearFrom, yearTo } from './load-year.ts'

const slotMs = 900_000
const owner = '00112233445566778899aabbccddeeff'

/** A year of quarter hours of some temperatures as a history folder, each month in one file, written by the store's own code. */
export async function loadTemperatures(folder: string, series: Uint32Array): Promise<number> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(sealedFolder(folder), { recursive: true })
  const files: SealedEntry[] = []
  const next = temperatures(series.length)
  let rows = 0
  for (let at = yearFrom; at < yearTo;) {
    const month = new Date(at).toISOString().slice(0, 7)
    const staging = join(folder, 'staging.duckdb')
    const instance = await DuckDBInstance.create(staging, { memory_limit: '1GB', threads: '2', temp_directory: join(folder, 'spill') })
    const connection = await instance.connect()
    await connection.run('CREATE TABLE hot(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)')
    while (at < rangeOf(month).to) {
      const appender = await connection.createAppender('hot')
      for (let i = 0; i < 96 && at < rangeOf(month).to; i++, at += slotMs) {
        const { value, quality } = next(at)
        appendRows(appender, { series, second: new Uint32Array(series.length).fill(at / 1000), value, quality })
        rows += series.length
      }
      appender.closeSync()
    }
    const name = `${month}.000001.duckdb`
    const content = { relations: ['hot'], corrects: false, owner, month, zone: 'Europe/Berlin', registers: new Set<number>() }
    const written = await writeSealed(connection, folder, name, content)
    const place = { name, month, after: 0, through: 0, level: wholeLevel }
    files.push({ ...place, ...written, zone: 'Europe/Berlin', corrects: false, thinned: false })
    connection.closeSync()
    instance.closeSync()
    await rm(staging, { force: true })
  }
  await rm(join(folder, 'spill'), { recursive: true, force: true })
  await writeManifest(folder, { ...firstManifest(owner), generation: 1, files })
  return rows
}

/** Flow temperatures that follow the season and the hour, in tenths, with noise; one in 250 is of a broken sensor. The same each time. */
function temperatures(count: number): (at: number) => { value: Float64Array; quality: Uint8Array } {
  let seed = 1
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  const value = new Float64Array(count)
  const quality = new Uint8Array(count)
  return (at) => {
    const season = Math.cos((2 * Math.PI * (at - yearFrom)) / (yearTo - yearFrom))
    const hour = Math.sin((2 * Math.PI * at) / (96 * slotMs))
    for (let i = 0; i < count; i++) {
      value[i] = Math.round(10 * (62 + 14 * season + 3 * hour + (i % 7) + 1.5 * (random() - 0.5))) / 10
      quality[i] = random() < 0.004 ? 1 : 0
    }
    return { value, quality }
  }
}
