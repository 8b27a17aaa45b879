import { BadArguments, readArguments, usage, type Arguments } from './arguments.ts'
import type { Log } from './log.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)
const complain = (text: string) => process.stderr.write(`${text}\n`)

/** better-sqlite3 needs Node-API 10 and ends an older Node without a word. */
const napiNeeded = 10

async function main(): Promise<void> {
  if (Number(process.versions.napi) < napiNeeded) throw new BadArguments(`Hearthgrid needs Node 22.13 or newer, this is ${process.version}`)
  const { data, port, host, demo, demoDays, printToken, restore }: Arguments = readArguments(process.argv.slice(2))
  if (restore !== null) return await restoreFrom(restore, data)
  const { serve } = await import('./serve.ts')
  const serving = await serve({ dataFolder: data, address: host, port, demo, demoDays, desktop: false, clock: Date.now })
  say(`Hearthgrid is ready at ${serving.url}`)
  say(`Sign-in link (once, within ten minutes): ${await serving.signInUrl()}`)
  if (printToken) say(`API token: ${await serving.apiToken()}`)

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    say('Storing and stopping …')
    serving.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(`Stopping failed: ${String(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

async function restoreFrom(from: string, dataFolder: string): Promise<void> {
  const [{ restore }, { findLayout }] = await Promise.all([import('./backups/restore.ts'), import('./layout.ts')])
  const silent = () => undefined
  const log: Log = { error: complain, warn: silent, info: silent, debug: silent, for: () => log }
  const made = await restore({ from, dataFolder, layout: findLayout(import.meta.url), log, clock: Date.now, say })
  say(`${dataFolder} holds ${made.samples} samples, as the backup of ${new Date(made.at).toISOString()} does.`)
  say('Start Hearthgrid with the same --data to go on with it.')
}

main().catch((error: unknown) => {
  if (error instanceof BadArguments) complain(`${error.message}\n\n${usage}`)
  else if (error instanceof Error && error.name === 'RestoreRefused') complain(error.message)
  else if (error instanceof Error && error.name === 'NewerDatabase')
    complain(`This data folder was written by a newer Hearthgrid: ${error.message}. Nothing was changed.`)
  else if (error instanceof Error && error.name === 'DamagedDatabase')
    complain(
      `The configuration cannot be read: ${error.message}. Nothing was changed. Move config.sqlite and the files beside it that begin with its name to another folder, and put the newest backup in their place; the history is kept apart and not affected.`,
    )
  else complain(`Hearthgrid could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  process.exitCode = 1
  setImmediate(() => process.exit(1))
})
