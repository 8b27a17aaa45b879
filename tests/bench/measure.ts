import { once } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Value below which the share `q` (0 to 1) of the numbers lies; nearest rank. NaN of none. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

export const median = (numbers: readonly number[]) => quantile(numbers, 0.5)

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A row of the table that the bench prints. */
export function report(what: string, figures: Record<string, string | number>): void {
  const text = Object.entries(figures).map(([name, figure]) => `${name} ${typeof figure === 'number' ? round(figure) : figure}`)
  process.stdout.write(`${what.padEnd(58)} ${text.join(', ')}\n`)
}

function round(figure: number): string {
  return Math.abs(figure) >= 100 ? figure.toFixed(0) : figure.toPrecision(3)
}

export type Program = { child: ChildProcess; line(fits: (text: string) => boolean): Promise<string>; stop(): Promise<void> }

/** Runs a program of Node and waits for lines that it prints. `stop` ends its standard input, then the process. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Program {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const look of waiting) look()
  })
  return {
    child,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        child.once('exit', (code) => reject(new Error(`${args[0] ?? ''} ended with ${code}`)))
        look()
      }),
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.stdin.end()
      child.kill('SIGTERM')
      await ended
    },
  }
}
