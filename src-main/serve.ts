import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { findLayout } from './layout.ts'
import { LogFile } from './log.ts'
import { createHost, type RunningHost } from './host.ts'
import { systemContext } from './capability.ts'
import { openDoor } from './server/http.ts'
import { createLink, createToken, recognise } from './users/credentials.ts'
import { launchPath } from './users/operations.ts'

export type ServeOptions = {
  dataFolder: string
  /** Address to listen on; loopback when absent. */
  address?: string
  /** 0 or absent: any free port. */
  port?: number
  /** Opens the demo town in the background. */
  demo?: boolean
  /** Days of its history; as its scenario says when absent. */
  demoDays?: number | null | undefined
  desktop: boolean
  /** UTC milliseconds. */
  clock: () => number
}

export type Serving = {
  url: string
  port: number
  host: RunningHost
  /** A link that signs in the person who opens it first, within ten minutes. */
  signInUrl(): Promise<string>
  /** Makes the API token of the command line anew; the one before ends. */
  apiToken(): Promise<string>
  /** Stores what waits and closes everything, in order. */
  stop(): Promise<void>
}

const administrator = { name: 'Administrator', role: 'admin' } as const

/** Starts a whole Hearthgrid on a data folder: the host, its threads and the local server. */
export async function serve({
  dataFolder,
  address = '127.0.0.1',
  port = 0,
  demo = false,
  demoDays,
  desktop,
  clock,
}: ServeOptions): Promise<Serving> {
  const layout = findLayout(import.meta.url)
  const { version } = JSON.parse(readFileSync(join(layout.resources, '..', 'package.json'), 'utf8')) as { version: string }
  const logFile = new LogFile(join(dataFolder, 'log'), clock)
  const log = logFile.scope('host')
  const host = createHost({ dataFolder, layout, log, clock, desktop, version, demoDays })
  try {
    await host.start()
    const door = await openDoor(host, {
      address,
      port,
      cookie: `hearthgrid_${await installation(host.database)}`,
      recognise: (kind, secret) => recognise(host.database, kind, secret, clock()),
    })
    log.info('serving', { version, url: door.url, node: process.version })
    if (demo)
      host
        .call('simulator.open', {}, systemContext)
        .catch((error: unknown) => log.warn('the demo town was not opened', { error: String(error) }))
    return {
      url: door.url,
      port: door.port,
      host,
      async signInUrl() {
        const { secret } = await createLink(host.database, administrator, clock())
        return door.url + launchPath(secret)
      },
      apiToken: () => createToken(host.database, { name: 'command line', role: 'admin' }, clock()),
      async stop() {
        await door.close()
        await host.stop()
        log.info('stopped')
        logFile.close()
      },
    }
  } catch (error) {
    log.error('start failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    await host.stop().catch((inner: unknown) => log.error('stop failed', { error: String(inner) }))
    logFile.close()
    throw error
  }
}

/** A short name of this data folder, made at its first start. */
async function installation(database: Database): Promise<string> {
  const key = 'installation'
  await database
    .insertInto('setting')
    .values({ key, value: randomBytes(4).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await database.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirstOrThrow()).value
}
