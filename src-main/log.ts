import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'
export type LogFields = Record<string, string | number | boolean | null | undefined>
export type Log = Record<LogLevel, (message: string, fields?: LogFields) => void> & { for(scope: string): Log }

const largestFile = 5_000_000
/** After a line could not be written, the next is tried after this long. */
const retryMs = 10_000
const filesKept = 5

/**
 * One line an entry: time, level, scope, message, key=value. Kept in `folder` as five files of 5 MB at most. Written at once,
 * since changes of state are few and the last line before a crash is the one that is wanted.
 */
export class LogFile {
  readonly #path: string
  readonly #clock: () => number
  #file: number | null = null
  #size = 0
  /** When writing failed last; the program goes on without a log rather than not at all. */
  #failedAt: number | null = null
  #closed = false

  constructor(folder: string, clock: () => number) {
    mkdirSync(folder, { recursive: true })
    this.#path = join(folder, 'hearthgrid.log')
    this.#clock = clock
  }

  scope(scope: string): Log {
    const at = (level: LogLevel) => (message: string, fields?: LogFields) => this.#write(level, scope, message, fields)
    return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), for: (inner) => this.scope(inner) }
  }

  /** What is written afterwards is dropped. */
  close(): void {
    this.#closed = true
    this.#shut()
  }

  #write(level: LogLevel, scope: string, message: string, fields: LogFields = {}): void {
    if (this.#closed || (this.#failedAt !== null && Math.abs(this.#clock() - this.#failedAt) < retryMs)) return
    const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${quoted(value)}`)
    const line = Buffer.from(`${new Date(this.#clock()).toISOString()} ${level.padEnd(5)} ${scope} ${oneLine(message)}${pairs.join('')}\n`)
    try {
      if (this.#file !== null && this.#size + line.length > largestFile) this.#turn()
      this.#file ??= this.#open()
      writeSync(this.#file, line)
      this.#size += line.length
      this.#failedAt = null
    } catch {
      this.#failedAt = this.#clock()
      this.#shut()
    }
  }

  #open(): number {
    const file = openSync(this.#path, 'a')
    this.#size = fstatSync(file).size
    return file
  }

  #turn(): void {
    this.#shut()
    rmSync(`${this.#path}.${filesKept}`, { force: true })
    for (let i = filesKept - 1; i >= 0; i--) {
      const from = i === 0 ? this.#path : `${this.#path}.${i}`
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.#path}.${i + 1}`)
    }
  }

  #shut(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
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
