// Runs a script of this project on the Node.js that it needs: node build/run.mjs build/bundle.ts [arguments]
import { follow } from './launch/child.mjs'
import { install } from './launch/install.mjs'
import { runMain } from './launch/main.mjs'
import { environment, launcherTrouble, nodeToRunOn, root } from './launch/node.mjs'

async function main() {
  const old = launcherTrouble()
  if (old) throw new Error(old)
  const [script, ...args] = process.argv.slice(2)
  if (!script) throw new Error('Usage: node build/run.mjs SCRIPT [arguments]')
  await install()
  const node = nodeToRunOn()
  return follow(node, [script, ...args], { cwd: root, env: environment(node) })
}

await runMain(main)
