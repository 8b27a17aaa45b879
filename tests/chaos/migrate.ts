import Sqlite from 'better-sqlite3'
import { migrations, openDatabase } from '../../src-main/database.ts'

// Opens a configuration file, which brings it up to date, and closes it. `careless`: each statement for itself, wrong on purpose.
const { path, careless = false } = JSON.parse(process.argv[2] ?? '') as { path: string; careless?: boolean }
if (careless) {
  const file = new Sqlite(path)
  const version = Number(file.pragma('user_version', { simple: true }))
  migrations.slice(version).forEach((step, i) => {
    file.exec(step)
    file.pragma(`user_version = ${version + i + 1}`)
  })
  file.close()
} else await openDatabase(path).close()
