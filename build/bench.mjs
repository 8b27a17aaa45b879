// Runs the measurements in tests/bench one after another and says on which machine: npm run bench [-- --only NAME]
import { existsSync, readdirSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './launch/build.mjs'
import { capture, follow } from './launch/child.mjs'
import { install } from './launch/install.mjs'
import { runMain } from './launch/main.mjs'
import { environment, launcherTrouble, nodeToRunOn, root } from './launch/node.mjs'

const say = (text) => process.stdout.write(`${text}\n`)
const ending = '.bench.ts'

async function main() {
  const old = launcherTrouble()
  if (old) throw new Error(old)
  const names = chosen(process.argv.slice(2))
  await install()
  const node = nodeToRunOn()
  await buildIfStale(node)

  const version = (await capture(node, ['--version'])).text.trim()
  const [cpu] = cpus()
  say(
    `Machine: ${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB memory, ${type()} ${release()}`,
  )
  say(`Node.js: ${version}   Date: ${new Date().toISOString()}`)
  say('Method: each measurement is a program of its own, run after the build, one after another, with nothing else started by us.')
  let failed = 0
  for (const name of names) {
    say(`\n== ${name}`)
    const at = performance.now()
    const code = await follow(node, [join('tests', 'bench', name + ending)], { cwd: root, env: environment(node) })
    if (code !== 0) failed += 1
    say(`== ${name}: ${code === 0 ? 'done' : `failed with code ${code}`} in ${((performance.now() - at) / 1000).toFixed(1)} s`)
  }
  say(`\n${names.length - failed} measured, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

function chosen(words) {
  const folder = join(root, 'tests', 'bench')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(ending)) : []
  const names = files.map((file) => file.slice(0, -ending.length)).sort()
  if (names.length === 0) throw new Error('There is no measurement in tests/bench.')
  if (words.length === 0) return names
  const [flag, name] = words
  if (flag === '--only' && words.length === 2 && names.includes(name)) return [name]
  throw new Error(`Usage: npm run bench [-- --only NAME], where NAME is one of: ${names.join(', ')}`)
}

await runMain(main)
