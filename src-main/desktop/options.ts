import { parseArgs } from 'node:util'

export type DesktopOptions = {
  /** Folder for settings and history; undefined means the usual one of this user. */
  data: string | undefined
  host: string | undefined
  port: number | undefined
  demo: boolean
  /** Days of history of the demo town; undefined means as its scenario says. */
  demoDays: number | undefined
  printToken: boolean
  developerTools: boolean
  /** What cannot be followed on the command line, in words for the person who typed it. */
  trouble: string | undefined
}

/** Reads the words behind the program's name. Switches of Chromium may stand among them and are left to it. */
export function readOptions(words: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: [...words],
    strict: false,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      demo: { type: 'boolean' },
      'demo-days': { type: 'string' },
      'print-token': { type: 'boolean' },
      'developer-tools': { type: 'boolean' },
    },
  })
  const word = (name: 'data' | 'host' | 'port' | 'demo-days') =>
    typeof values[name] === 'string' && values[name] !== '' ? values[name] : undefined
  const empty = (['data', 'host', 'port', 'demo-days'] as const).find((name) => values[name] !== undefined && word(name) === undefined)
  const port = word('port')
  const badPort = port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)
  const days = word('demo-days')
  const badDays = days !== undefined && !(/^\d{1,3}$/.test(days) && Number(days) <= 800)
  const bad = badPort
    ? `--port must be a number from 0 to 65535, not ${port}`
    : badDays
      ? `--demo-days must be a number from 0 to 800, not ${days}`
      : undefined
  return {
    data: word('data'),
    host: word('host'),
    port: port === undefined || badPort ? undefined : Number(port),
    demo: values.demo === true,
    demoDays: days === undefined || badDays ? undefined : Number(days),
    printToken: values['print-token'] === true,
    developerTools: values['developer-tools'] === true,
    trouble: empty ? `--${empty} needs a value` : bad,
  }
}
