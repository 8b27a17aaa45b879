import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node.mjs'

const sources = ['src-shared', 'src-main', 'src-worker', 'src-renderer', 'resources', 'docs/manual', 'build/bundle.ts', 'build/bundle']
const singles = ['vite.config.ts', 'package.json', 'package-lock.json']

/** Fingerprints of everything the build reads: `seen` from times and sizes (fast), `read` from contents (only when asked). */
export function fingerprint(folder = root) {
  const files = [...sources, ...singles].flatMap((path) => list(folder, path))
  const seen = createHash('sha256')
  for (const path of files) {
    const { size, mtimeMs } = statSync(join(folder, path))
    seen.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return {
    seen: seen.digest('hex'),
    read() {
      const hash = createHash('sha256')
      for (const path of files) hash.update(`${path}\n`).update(readFileSync(join(folder, path)))
      return hash.digest('hex')
    },
  }
}

/** Whether out/ no longer belongs to the sources. A checkout that only touched times makes nothing stale. */
export function isStale(folder = root) {
  const stampFile = join(folder, 'out', '.stamp')
  if (!existsSync(stampFile)) return true
  const now = fingerprint(folder)
  const { seen, read } = JSON.parse(readFileSync(stampFile, 'utf8'))
  if (now.seen === seen) return false
  if (now.read() !== read) return true
  writeFileSync(stampFile, JSON.stringify({ seen: now.seen, read }))
  return false
}

/** Notes that out/ now belongs to the sources as they were when `before` was taken. */
export function markBuilt(before, folder = root) {
  mkdirSync(join(folder, 'out'), { recursive: true })
  writeFileSync(join(folder, 'out', '.stamp'), JSON.stringify(before))
}

function list(folder, path) {
  const full = join(folder, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? list(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`]))
    .filter((file) => !/\.test\.tsx?$/.test(file))
}
