// Runs every test of the project; the last line says how many passed, failed and were skipped.
import { buildIfStale } from './launch/build.mjs'
import { findChromium, installChromium } from './launch/chromium.mjs'
import { hasForeignPeers, installForeignPeers } from './launch/foreign.mjs'
import { install } from './launch/install.mjs'
import { runMain } from './launch/main.mjs'
import { launcherTrouble, nodeToRunOn } from './launch/node.mjs'
import { format, lint, playwright, types, vitest } from './launch/parts.mjs'
import { isExecutable } from './launch/program.mjs'
import { closingLine, sum, tally } from './launch/results.mjs'

const say = (text) => process.stdout.write(`${text}\n`)
const groups = ['check', 'unit', 'screens']

async function main() {
  const startedAt = performance.now()
  const old = launcherTrouble()
  if (old) throw new Error(old)
  const only = wanted(process.argv.slice(2))
  await install()
  const node = nodeToRunOn()

  const chromium = only.includes('screens') ? await browser(node) : null
  const parts = []
  const part = async (name, run) => {
    const at = performance.now()
    const count = await run().catch((error) => tally(0, 1, 0, [error.message]))
    parts.push({ name, seconds: (performance.now() - at) / 1000, ...count })
  }

  if (only.includes('check')) {
    await part('types', () => types(node))
    await part('lint', () => lint(node))
    await part('format', () => format(node))
  }
  if (only.includes('unit') || only.includes('screens')) await part('build', () => buildIfStale(node).then(() => tally(0, 0, 0)))
  if (only.includes('unit')) await part('vitest', async () => (await foreignPeers(), vitest(node)))
  if (chromium) await part('screens', () => (chromium.path ? playwright(node, chromium.path) : Promise.reject(chromium.error)))

  say('')
  for (const { name, seconds, notes, ...count } of parts) {
    say(`${count.failed > 0 ? '✗' : '✓'} ${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${closingLine(count)}`)
    for (const note of notes) say(`    ${note}`)
  }
  const all = sum(parts)
  say(`Everything took ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  say(closingLine(all))
  return all.failed === 0 && all.passed > 0 ? 0 : 1
}

/** A machine without any browser must not hide the other results, so its error waits for the screens' turn. */
async function browser(node) {
  try {
    const path = findChromium() ?? (await installChromium(node))
    if (!isExecutable(path)) throw new Error(`CHROMIUM_PATH does not name a program: ${path}`)
    return { path }
  } catch (error) {
    say(error.message)
    return { error }
  }
}

/** Tests whose program is missing say so themselves, so what the installing said is only shown. */
async function foreignPeers() {
  if (!hasForeignPeers) return
  await installForeignPeers().catch((error) => say(error.message))
}

function wanted(words) {
  if (words.length === 0) return groups
  const [flag, name] = words
  if (flag === '--only' && groups.includes(name) && words.length === 2) return [name]
  throw new Error(`Usage: npm test [-- --only ${groups.join('|')}]`)
}

await runMain(main, (message) => {
  say(message)
  say(closingLine(tally(0, 1, 0)))
})
