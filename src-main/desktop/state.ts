import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Log } from '../log.ts'

const pixels = z.number().int().min(-100_000).max(100_000)
const stateSchema = z.object({
  window: z.object({ x: pixels, y: pixels, width: pixels.positive(), height: pixels.positive(), maximised: z.boolean() }).optional(),
  keepRunning: z.boolean(),
  toldThatItKeepsRunning: z.boolean(),
  port: z.number().int().min(1).max(65_535).optional(),
})
export type DesktopState = z.infer<typeof stateSchema>
type Rectangle = { x: number; y: number; width: number; height: number }

const fresh: DesktopState = { keepRunning: true, toldThatItKeepsRunning: false }
const smallest = { width: 480, height: 360 }
export const usual = { width: 1360, height: 860 }
/** So much of the window must lie on a display that a person can take hold of it. Pixels. */
const grip = { width: 120, height: 40 }

/** What the desktop remembers between two starts. A damaged or missing file is a fresh start, never a failure. */
export class StateFile {
  readonly #path: string
  readonly #log: Log
  #state: DesktopState

  constructor(path: string, log: Log) {
    this.#path = path
    this.#log = log
    this.#state = readState(path, log)
  }

  get state(): DesktopState {
    return this.#state
  }

  /** Takes over the change at once and writes the file whole or not at all. A disk that refuses is logged, not thrown. */
  change(change: Partial<DesktopState>): void {
    const next = { ...this.#state, ...change }
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return
    this.#state = next
    try {
      writeWhole(this.#path, JSON.stringify(next, null, 2))
    } catch (error) {
      this.#log.warn('the window state could not be written', { error: String(error) })
    }
  }
}

/** The remembered place where enough of it lies on a display that is there now; else only the size, for the middle. */
export function placeOn(
  displays: readonly Rectangle[],
  window: DesktopState['window'],
): Partial<Rectangle> & { width: number; height: number } {
  if (!window) return usual
  const size = { width: Math.max(window.width, smallest.width), height: Math.max(window.height, smallest.height) }
  const title = { ...window, ...size, height: grip.height }
  const reachable = displays.some((display) => {
    const { width, height } = overlap(display, title)
    return width >= grip.width && height >= grip.height
  })
  return reachable ? { x: window.x, y: window.y, ...size } : size
}

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  }
}

function readState(path: string, log: Log): DesktopState {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      log.warn('the window state could not be read', { error: String(error) })
    return fresh
  }
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (error) {
    log.warn('the window state is damaged and starts afresh', { error: String(error) })
    return fresh
  }
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.new`
  const file = openSync(beside, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}
