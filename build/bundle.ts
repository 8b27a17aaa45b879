import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { bundles, missing } from './bundle/entries.ts'
import { bundleNodeSide } from './bundle/node-side.ts'
import { root } from './launch/node.mjs'
import { fingerprint, markBuilt } from './launch/stale.mjs'

const parts = ['main', 'worker', 'renderer', 'api-page']
const apiPageFiles = ['swagger-ui-bundle.js', 'swagger-ui.css']

/** Builds everything into out/. The parts take their places only when all of them are made, so a broken build leaves the last good one. */
async function bundle(): Promise<void> {
  const absent = missing(root)
  if (absent.length > 0) throw new Error(`These sources are missing: ${absent.join(', ')}`)
  const before = fingerprint()
  const sources = { seen: before.seen, read: before.read() }
  const fresh = join(root, 'out', `.building-${process.pid}`)
  try {
    const made = await Promise.allSettled([
      timed('screens', () => bundleRenderer(join(fresh, 'renderer'))),
      timed('host and workers', async () => {
        for (const one of bundles) await bundleNodeSide(root, fresh, one)
      }),
    ])
    for (const one of made) if (one.status === 'rejected') throw one.reason
    copyApiPage(join(fresh, 'api-page'))
    rmSync(join(root, 'out', '.stamp'), { force: true })
    for (const part of parts) {
      rmSync(join(root, 'out', part), { recursive: true, force: true })
      renameSync(join(fresh, part), join(root, 'out', part))
    }
    markBuilt(sources)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

async function bundleRenderer(outDir: string): Promise<void> {
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
  })
}

function copyApiPage(target: string): void {
  mkdirSync(target, { recursive: true })
  for (const file of apiPageFiles) cpSync(join(root, 'node_modules', 'swagger-ui-dist', file), join(target, file))
}

async function timed(what: string, run: () => Promise<void>): Promise<void> {
  const startedAt = performance.now()
  await run()
  process.stdout.write(`built ${what} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

try {
  await bundle()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
