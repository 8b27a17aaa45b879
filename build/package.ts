// Packages the built program for this platform: npm run package [-- --dir]. What goes in stands in electron-builder.yml.
import { join } from 'node:path'
import { buildIfStale } from './launch/build.mjs'
import { follow } from './launch/child.mjs'
import { runMain } from './launch/main.mjs'
import { environment, nodeToRunOn, root } from './launch/node.mjs'

const flags: Partial<Record<NodeJS.Platform, string>> = { linux: '--linux', win32: '--win', darwin: '--mac' }

const hint = `Nothing was packaged. The first time, Electron and the tools for installers are fetched from github.com. Without a network:
ELECTRON_OVERRIDE_DIST_PATH=FOLDER npm run package -- --dir, with an unpacked Electron in FOLDER.`

async function main(): Promise<number> {
  const flag = flags[process.platform]
  if (!flag) throw new Error(`Hearthgrid is packaged on Linux, Windows and macOS, not on ${process.platform}.`)
  const node = nodeToRunOn()
  await buildIfStale(node)
  // A folder with an unpacked Electron, for machines that cannot download it.
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const given = dist ? [`-c.electronDist=${dist}`] : []
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const code = await follow(node, [cli, flag, ...given, ...process.argv.slice(2)], { cwd: root, env: environment(node) })
  if (code !== 0) process.stderr.write(`${hint}\n`)
  return code
}

await runMain(main)
