import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as electron from 'electron'
import { runDesktop } from './desktop/run.ts'
import { findLayout } from './layout.ts'
import { serve } from './serve.ts'

const { resources } = findLayout(import.meta.url)

// Not awaited: Electron becomes ready only after this file has been loaded to its end.
void runDesktop(electron, {
  startHost: serve,
  words: process.argv.slice(1),
  platform: process.platform,
  preload: join(dirname(fileURLToPath(import.meta.url)), 'preload.cjs'),
  icons: join(resources, 'icons'),
  locales: join(resources, 'locales'),
  stopLimitMs: 30_000,
  clock: Date.now,
  uptimeMs: () => process.uptime() * 1000,
  process,
  print: (line) => process.stdout.write(`${line}\n`),
})
