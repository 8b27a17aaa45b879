import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiBase } from '#shared/api.ts'
import { median, quantile, report, run, sleep } from './measure.ts'
import { startProduct } from './product.ts'

/**
 * Start: from the start of the process to the first answer of /api/v1/health. Cold: an empty data folder and, where the
 * system allows it, an empty page cache. Warm: the same folder again, with the demo town's controllers in it.
 */
const rounds = 5
const server = join(import.meta.dirname, '..', '..', 'out', 'main', 'server.js')

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function startMs(folder: string): Promise<{ ms: number; rssMb: number }> {
  const port = await freePort()
  const began = performance.now()
  const program = run([server, '--headless', '--port', String(port), '--data', folder])
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${apiBase}/health`).catch(() => null)
    if (answer?.ok) break
    await sleep(5)
  }
  const ms = performance.now() - began
  await program.line((text) => text.startsWith('Sign-in link'))
  const rssMb = residentMb(program.child.pid ?? 0)
  await program.stop()
  return { ms, rssMb }
}

function residentMb(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
}

/** Empties the page cache. Says whether the system allowed it. */
function emptyCache(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3')
    return true
  } catch {
    return false
  }
}

const folder = () => mkdtempSync(join(tmpdir(), 'bench-start-'))

const cold: number[] = []
let dropped = true
for (let i = 0; i < rounds; i++) {
  dropped = emptyCache() && dropped
  const empty = folder()
  cold.push((await startMs(empty)).ms)
  rmSync(empty, { recursive: true })
}
report(`cold start, empty data folder${dropped ? ', empty page cache' : ''}`, {
  'median ms': median(cold),
  'worst ms': quantile(cold, 1),
  rounds,
})

const kept = folder()
const town = await startProduct(kept, ['--demo', '--demo-days', '7'])
while (!(await town.call('simulator.status', {})).running) await sleep(200)
const { stations } = await town.call('simulator.status', {})
await town.stop()
const warm: number[] = []
const memory: number[] = []
for (let i = 0; i < rounds; i++) {
  const { ms, rssMb } = await startMs(kept)
  warm.push(ms)
  memory.push(rssMb)
}
report(`warm start, demo town with ${stations} controllers`, {
  'median ms': median(warm),
  'worst ms': quantile(warm, 1),
  'resident MiB': median(memory),
  rounds,
})
rmSync(kept, { recursive: true })
