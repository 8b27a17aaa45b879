import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newestPostgres } from '../../build/launch/foreign.mjs'
import { PostgresSession } from './postgres-wire.ts'

const user = 'bench'
/** Space for pages as a program of this size would be given; nothing is asked about durability, so loading need not wait for the disk. */
const settings = {
  listen_addresses: '',
  shared_buffers: '512MB',
  effective_cache_size: '4GB',
  work_mem: '128MB',
  maintenance_work_mem: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  fsync: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  autovacuum: 'off',
}

export type Cluster = { session: PostgresSession; version: string; stop(): Promise<void> }

/** A PostgreSQL of its own in a temporary folder, reached over a socket there; `stop` ends it and removes the folder. Throws when it cannot be had. */
export async function startPostgres(): Promise<Cluster> {
  const programs = newestPostgres()
  if (programs === undefined) throw new Error('there is no PostgreSQL on this machine')
  const who = otherThanRoot()
  const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-pg-'))
  if (who) chownSync(folder, who.uid, who.gid)
  const data = join(folder, 'data')
  const options = { cwd: folder, ...who }
  let child: ChildProcess | undefined
  const stop = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    execFileSync(join(programs, 'initdb'), ['-D', data, '-U', user, '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], {
      ...options,
      stdio: 'pipe',
    })
    const words = Object.entries({ ...settings, unix_socket_directories: folder }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    child = spawn(join(programs, 'postgres'), ['-D', data, ...words], { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)))
    while (!said.includes('ready to accept connections')) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended: ${said}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const session = await PostgresSession.open(join(folder, '.s.PGSQL.5432'), user, 'postgres')
    const whole = execFileSync(join(programs, 'postgres'), ['--version']).toString().split(' ')[2]?.trim() ?? ''
    return {
      session,
      version: whole,
      stop: async () => {
        session.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** PostgreSQL does not run as root: then as the user that its package made. */
function otherThanRoot(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((words) => words.startsWith('postgres:'))
  if (!line) throw new Error('there is no user postgres, and PostgreSQL does not run as root')
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}
