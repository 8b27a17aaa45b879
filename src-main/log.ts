import { createWriteStream, mkdirSync, renameSync, rmSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'
export type LogFields = Record<string, string | number | boolean | null | undefined>
export type Log = Record<LogLevel, (message: string, fields?: LogFields) => void> & { for(scope: string): Log }

const largestFile = 5_000_000
const filesKept = 5

/** One line an entry: time, level, scope, message, key=value. Kept in `folder` as five files of 5 MB at most. */
export class LogFile {
  readonly #path: string
  readonly #clock: () => number
  #stream: WriteStream
  #size: number

  constructor(folder: string, clock: () => number) {
    mkdirSync(folder, { recursive: true })
    this.#path = join(folder, 'hearthgrid.log')
    this.#clock = clock
    this.#size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0
    this.#stream = createWriteStream(this.#path, { flags: 'a' })
  }

  scope(scope: string): Log {
    const at = (level: LogLevel) => (message: string, fields?: LogFields) => this.#write(level, scope, message, fields)
    return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), for: (inner) => this.scope(inner) }
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(() => resolve()))
  }

  #write(level: LogLevel, scope: string, message: string, fields: LogFields = {}): void {
    const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${quoted(value)}`)
    const line = `${new Date(this.#clock()).toISOString()} ${level.padEnd(5)} ${scope} ${oneLine(message)}${pairs.join('')}\n`
    this.#size += line.length
    if (this.#size > largestFile) this.#turn(line.length)
    this.#stream.write(line)
  }

  #turn(size: number): void {
    this.#stream.end()
    rmSync(`${this.#path}.${filesKept}`, { force: true })
    for (let i = filesKept - 1; i >= 0; i--) {
      const from = i === 0 ? this.#path : `${this.#path}.${i}`
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.#path}.${i + 1}`)
    }
    this.#stream = createWriteStream(this.#path, { flags: 'a' })
    this.#size = size
  }
}

/** A line break inside a value must not begin what looks like another entry. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ⏎ ')
}

function quoted(value: LogFields[string]): string {
  const text = oneLine(String(value))
  return /[\s"=]/.test(text) ? JSON.stringify(text) : text
}
