// Starts Hearthgrid from a fresh checkout: installs, builds, then opens the window, the browser or neither.
import { join } from 'node:path'
import { sortArguments, swallowed, usage } from './launch/arguments.mjs'
import { browserCommand, openBrowser, watchForSignIn } from './launch/browser.mjs'
import { buildIfStale } from './launch/build.mjs'
import { follow } from './launch/child.mjs'
import { electronProgram, fetchElectron, shouldFetch } from './launch/electron.mjs'
import { install } from './launch/install.mjs'
import { runMain } from './launch/main.mjs'
import { environment, launcherTrouble, nodeToRunOn, root } from './launch/node.mjs'
import { hasScreen } from './launch/program.mjs'

const say = (text) => process.stderr.write(`${text}\n`)

async function main() {
  const old = launcherTrouble()
  if (old) return fail(old)
  const { launcher, program, trouble } = sortArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  if (launcher.has('--help')) return print(usage())
  if (trouble) return fail(`${trouble}\n\n${usage()}`, 2)
  const eaten = swallowed(process.env)
  if (eaten.length > 0) return fail(`npm kept --${eaten.join(', --')} for itself. Write: npm start -- --${eaten[0]}`, 2)

  await install()
  const node = nodeToRunOn()
  await buildIfStale(node)

  const isWatched = !launcher.has('--headless') && !launcher.has('--no-open') && !program.includes('--restore') && hasScreen()
  const wantsWindow = isWatched && !launcher.has('--browser')
  if (wantsWindow && shouldFetch()) await fetchElectron(node)
  const electron = wantsWindow ? electronProgram() : null
  if (electron) {
    const code = await startWindow(electron, program)
    if (code !== null) return code
  }
  return startServer(node, program, isWatched)
}

// Resolves with null when the program cannot run here at all, such as when a system library is missing.
async function startWindow(electron, program) {
  const asRoot = process.platform === 'linux' && process.getuid() === 0
  const args = [...(asRoot ? ['--no-sandbox'] : []), root, ...program]
  try {
    const code = await follow(electron, args, { cwd: root })
    if (code !== 127) return code
  } catch (error) {
    say(`The window could not start: ${error.message}`)
  }
  say('Hearthgrid starts without its own window.')
  return null
}

function startServer(node, program, mayOpen) {
  const server = [join(root, 'out', 'main', 'server.js'), ...program]
  const options = { cwd: root, env: environment(node) }
  if (!mayOpen || !browserCommand('http://127.0.0.1/')) return follow(node, server, options)
  const open = watchForSignIn((url) => {
    openBrowser(browserCommand(url), (error) =>
      say(`The browser could not be opened (${error.message}). Open the sign-in link above yourself.`),
    )
  })
  return follow(node, server, { ...options, stdio: ['inherit', 'pipe', 'inherit'] }, (child) => {
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk)
      open(chunk.toString())
    })
  })
}

function print(text) {
  process.stdout.write(`${text}\n`)
  return 0
}

function fail(text, code = 1) {
  say(text)
  return code
}

await runMain(main)
