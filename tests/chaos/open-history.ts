import { appendFileSync } from 'node:fs'
import { isFailureReport } from '#shared/failures.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'

// Opens a history folder, seals what is in it and then waits to be killed; each step is said into a file. Ends when it is refused.
const { folder, said } = JSON.parse(process.argv[2] ?? '') as { folder: string; said: string }
const say = (line: string) => appendFileSync(said, `${line}\n`)
const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
say('opening')
try {
  await store.open({ folder, memoryMb: 128, threads: 2 })
  say('open')
  await store.tidy({})
  say('sealed')
  setInterval(() => {}, 1000)
} catch (error) {
  process.stderr.write(isFailureReport(error) ? JSON.stringify(error.params) : String(error))
  process.exitCode = 1
}
