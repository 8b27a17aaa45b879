import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** How long after which word a program is killed. */
export type Fate = { after: string; ms: number }

/** Lines of a file that a program says its steps into. */
export function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
}

/**
 * Runs a program that says its steps into the file `said`, and kills it some ms after the word. Answers what it said. Throws when it ends
 * by itself.
 */
export async function killedAfter(words: readonly string[], said: string, { after, ms }: Fate): Promise<string[]> {
  const before = linesOf(said).length
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (text) => (errors += String(text)))
  const ended = new Promise<string | number | null>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)))
  const since = () => linesOf(said).slice(before)
  while (child.exitCode === null && !since().some((line) => line.split(' ')[0] === after)) await pause(5)
  await Promise.race([pause(ms), ended])
  child.kill('SIGKILL')
  const end = await ended
  if (end !== 'SIGKILL') throw new Error(`the program ended by itself with ${end}: ${errors}`)
  return since()
}
