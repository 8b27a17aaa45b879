import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { applicationData, dataFolderIn } from './data-folder.ts'

export type Arguments = {
  data: string
  port: number
  host: string
  demo: boolean
  /** Days of history of the demo town; null: as its scenario says. */
  demoDays: number | null
  printToken: boolean
  headless: boolean
  /** Where the backup lies that the data folder is to be made from. */
  restore: string | null
}

export class BadArguments extends Error {}

export const usage = `Hearthgrid: SCADA for district heating

  --headless        serve without a window
  --port N          port of the local server (default: any free one)
  --data DIR        data folder (default: ${ownFolder()})
  --host ADDRESS    address to listen on (default 127.0.0.1, this machine only)
  --demo            open the demo town at once
  --demo-days N     days of history that the demo town is made with (0 to 800)
  --print-token     print an API token (the one before ends)
  --restore DIR     make the data folder, which must be empty, from the newest backup in DIR, and end
`

function ownFolder(): string {
  return dataFolderIn(applicationData(process.platform, process.env, homedir()))
}

/** What the command line says. Throws BadArguments with a sentence for a person. */
export function readArguments(argv: readonly string[]): Arguments {
  const parsed = parse(argv)
  const port = Number(parsed.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new BadArguments(`--port takes a number from 0 to 65535, not "${parsed.port}"`)
  const demoDays = Number(parsed['demo-days'] ?? 0)
  if (!Number.isInteger(demoDays) || demoDays < 0 || demoDays > 800)
    throw new BadArguments(`--demo-days takes a number from 0 to 800, not "${parsed['demo-days']}"`)
  return {
    data: resolve(parsed.data ?? ownFolder()),
    port,
    host: parsed.host ?? '127.0.0.1',
    demo: parsed.demo ?? false,
    demoDays: parsed['demo-days'] === undefined ? null : demoDays,
    printToken: parsed['print-token'] ?? false,
    headless: parsed.headless ?? false,
    restore: parsed.restore === undefined ? null : resolve(parsed.restore),
  }
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        demo: { type: 'boolean' },
        'demo-days': { type: 'string' },
        headless: { type: 'boolean' },
        'print-token': { type: 'boolean' },
        restore: { type: 'string' },
      },
    })
    return values
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
