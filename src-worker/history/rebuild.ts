import { append } from './reader.ts'
import type { SealedEntry } from './manifest.ts'
import { monthOf } from './months.ts'
import { pick, type Rows } from './rows.ts'
import { fileName } from './seal.ts'
import { writeSealed } from './sealed-file.ts'
import type { TidyOptions } from './tidy.ts'

/** Makes a sealed file anew from the journal, which has everything since before it. Late samples of its month may have come meanwhile. */
export async function rebuild({ database, sealed, journal, timeZone }: TidyOptions, lost: SealedEntry): Promise<void> {
  const { month } = lost
  await database.beside(async (connection) => {
    for (const table of ['rebuilt', 'rebuilt_corrections']) {
      await connection.run(`CREATE OR REPLACE TEMP TABLE ${table}(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)`)
    }
    let rows = 0
    for await (const batch of journal.read(lost.after + 1)) {
      if (batch.sequence > lost.through) break
      const mine = ofMonth(batch, month)
      if (mine.series.length === 0) continue
      rows += mine.series.length
      await append(connection, batch.corrects ? 'rebuilt_corrections' : 'rebuilt', 'temp', [mine])
    }
    const { manifest } = sealed
    const generation = manifest.generation + 1
    const missing = manifest.missing.filter((entry) => entry !== lost)
    if (rows === 0) return await sealed.publish({ ...manifest, generation, missing })
    const name = fileName(month, generation)
    const written = await writeSealed(connection, sealed.folder, name, {
      relations: ['rebuilt', 'rebuilt_corrections'].map((table) => `(SELECT * FROM ${table} ${newest})`),
      corrects: true,
      owner: database.owner,
      month,
      zone: timeZone,
      registers: sealed.registers,
    })
    const entry = { ...lost, ...written, name, zone: timeZone, corrects: true, thinned: false }
    await sealed.attach(connection, entry)
    const before = manifest.files.filter((file) => file.month < month || (file.month === month && file.after < lost.after))
    const behind = manifest.files.slice(before.length)
    await sealed.publish({ ...manifest, generation, files: [...before, entry, ...behind], missing })
    sealed.notices.push(`Readings of ${month} were made anew from the journal: ${written.rows} of ${lost.rows}`)
  })
}

const newest = 'QUALIFY row_number() OVER (PARTITION BY series, "at" ORDER BY rowid DESC) = 1'

function ofMonth(rows: Rows, month: string): Rows {
  const places: number[] = []
  for (let i = 0; i < rows.second.length; i++) if (monthOf(rows.second[i] as number) === month) places.push(i)
  return pick(rows, places)
}
