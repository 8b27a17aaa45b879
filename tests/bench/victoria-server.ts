import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../build/launch/program.mjs'

const program = 'victoria-metrics'

/** VictoriaMetrics in a temporary folder, on a port of its own on loopback, with its own defaults. */
export class VictoriaServer {
  readonly version = packageVersion()
  readonly #folder = mkdtempSync(join(tmpdir(), 'hearthgrid-vm-'))
  #agent = new Agent({ keepAlive: true })
  #child: ChildProcess | undefined
  #port = 0

  /** Throws when the program cannot be had. */
  static async start(): Promise<VictoriaServer> {
    if (!findProgram([program])) throw new Error('there is no VictoriaMetrics on this machine')
    const server = new VictoriaServer()
    try {
      await server.#begin()
    } catch (error) {
      await server.stop()
      throw error
    }
    return server
  }

  async call(path: string, query: Record<string, string | number> = {}, body?: string): Promise<string> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    return await exchange({ agent: this.#agent, port: this.#port, host: '127.0.0.1', path: `${path}?${search.toString()}` }, body)
  }

  /** Brings what was imported together and to disk, then starts again. */
  async settle(): Promise<void> {
    await this.call('/internal/force_flush')
    await this.call('/internal/force_merge')
    let quiet = 0
    await until(async () => {
      const busy = /^vm_active(_force)?_merges(\{.*\})? [1-9]/m.test(await this.call('/metrics'))
      return (quiet = busy ? 0 : quiet + 1) >= 10
    })
    await this.#end()
    await this.#begin()
  }

  bytes(): number {
    return readdirSync(this.#folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  }

  async stop(): Promise<void> {
    await this.#end()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #begin(): Promise<void> {
    this.#port = await freePort()
    const flags = {
      storageDataPath: this.#folder,
      httpListenAddr: `127.0.0.1:${this.#port}`,
      retentionPeriod: '100y',
      loggerLevel: 'ERROR',
    }
    const words = Object.entries(flags).map(([name, value]) => `-${name}=${value}`)
    const child = spawn(program, words, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'inherit'] })
    this.#child = child
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`VictoriaMetrics ended with ${child.exitCode}`)
      return (await this.call('/health').catch(() => '')) === 'OK'
    })
  }

  async #end(): Promise<void> {
    this.#agent.destroy()
    this.#agent = new Agent({ keepAlive: true })
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
  }
}

function exchange(target: { agent: Agent; port: number; host: string; path: string }, body: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ ...target, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if ((answer.statusCode ?? 500) < 300) resolve(text)
        else reject(new Error(`VictoriaMetrics: ${answer.statusCode} ${text.slice(0, 500)}`))
      })
      answer.on('error', reject)
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

/** Asks again until it is so, ten minutes at most. */
async function until(so: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 6000; i++) {
    if (await so()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('VictoriaMetrics does not become ready')
}

/** A port that nobody has; the program cannot say which one it took by itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Debian's build does not say its version itself. */
function packageVersion(): string {
  const { stdout, error } = spawnSync('dpkg-query', ['-W', '-f=${Version}', program])
  return error ? '' : (/^[\d.]+/.exec(stdout.toString())?.[0] ?? '')
}
