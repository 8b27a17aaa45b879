import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'
import { watchForSignIn } from './launch/browser.mjs'
import { environment, root } from './launch/node.mjs'

/** For developers: the host from its sources, restarted when they change, and the screens with hot reload in front of it. */
async function develop(words: readonly string[]): Promise<void> {
  const port = process.env['HEARTHGRID_PORT'] ?? '8470'
  const data = words.includes('--data') ? [] : ['--data', join(root, 'out', 'dev-data')]
  const args = [
    '--watch-path=src-main',
    '--watch-path=src-worker',
    '--watch-path=src-shared',
    'src-main/server.ts',
    '--port',
    port,
    ...data,
    ...words,
  ]
  const host = spawn(process.execPath, args, { cwd: root, env: environment(process.execPath), stdio: ['ignore', 'pipe', 'inherit'] })
  process.on('exit', () => host.kill())

  const screens = await createServer({ configFile: join(root, 'vite.config.ts') })
  await screens.listen()
  const address = screens.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5173/'
  const show = watchForSignIn((link: string) => {
    const { pathname, search, hash } = new URL(link)
    process.stdout.write(`Screens with hot reload: ${new URL(pathname + search + hash, address).href}\n`)
  })
  host.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk)
    show(chunk.toString())
  })
  host.on('exit', (code) => {
    process.exitCode = code ?? 1
    void screens.close()
  })
}

await develop(process.argv.slice(2))
