import { resolve } from 'node:path'

/** What `npm start --` takes. `for`: the launcher keeps it, or the program behind it gets it. */
export const known = {
  '--headless': { for: 'launcher', text: 'no window and no browser: serve, and print the address and a sign-in link' },
  '--browser': { for: 'launcher', text: 'open in the browser, not in a window of its own' },
  '--no-open': { for: 'launcher', text: 'the same as --headless' },
  '--port': { for: 'program', value: 'N', text: 'port of the local server (default: any free one)' },
  '--host': { for: 'program', value: 'ADDRESS', text: 'address to listen on (default 127.0.0.1, this machine only)' },
  '--data': { for: 'program', value: 'DIR', text: 'folder for settings and history (default: that of the system for application data)' },
  '--demo': { for: 'program', text: 'open the demo town of simulated controllers at once' },
  '--demo-days': { for: 'program', value: 'N', text: 'days of history that the demo town is made with (0 to 800)' },
  '--print-token': { for: 'program', text: 'print an API token; the one before ends' },
  '--restore': { for: 'program', value: 'DIR', text: 'make the data folder, which must be empty, from the newest backup in DIR' },
  '--help': { for: 'launcher', text: 'this list' },
}

export function usage() {
  const rows = Object.entries(known).map(([flag, { value, text }]) => `  ${(value ? `${flag} ${value}` : flag).padEnd(20)} ${text}`)
  return ['Usage: npm start -- [options]', '', ...rows].join('\n')
}

/**
 * Sorts the words of the command line into what the launcher keeps and what the program gets. `trouble` is a sentence for
 * the user when a word is not understood. Folders are meant from `from`, where the user stands.
 */
export function sortArguments(words, from) {
  const launcher = new Set()
  const program = []
  for (let i = 0; i < words.length; i++) {
    const [flag, ...rest] = words[i].split('=')
    const entry = Object.hasOwn(known, flag) ? known[flag] : undefined
    if (!entry) return { launcher, program, trouble: `Unknown option ${words[i]}` }
    let value = rest.length > 0 ? rest.join('=') : undefined
    if (!entry.value) {
      if (value !== undefined) return { launcher, program, trouble: `${flag} takes no value` }
      if (entry.for === 'launcher') launcher.add(flag)
      else program.push(flag)
      continue
    }
    if (value === undefined) value = words[++i]
    if (value === undefined || value === '' || value.startsWith('--'))
      return { launcher, program, trouble: `${flag} needs a value (${flag} ${entry.value})` }
    if (flag === '--port' && !(/^\d{1,5}$/.test(value) && Number(value) < 65536))
      return { launcher, program, trouble: `--port must be a number from 0 to 65535, not ${value}` }
    if (flag === '--demo-days' && !(/^\d{1,3}$/.test(value) && Number(value) <= 800))
      return { launcher, program, trouble: `--demo-days must be a number from 0 to 800, not ${value}` }
    program.push(flag, flag === '--data' || flag === '--restore' ? resolve(from, value) : value)
  }
  return { launcher, program, trouble: null }
}

/** Options that npm took for itself because `--` was missing, such as in `npm start --headless`. */
export function swallowed(env) {
  return ['headless', 'demo', 'demo_days', 'no_open', 'print_token', 'data', 'restore']
    .filter((name) => env[`npm_config_${name}`])
    .map((name) => name.replace('_', '-'))
}
