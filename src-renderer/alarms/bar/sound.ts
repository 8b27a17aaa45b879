import type { Priority } from '#shared/alarms/priority.ts'
import { tones } from './sounding.ts'

const volume = 0.25
const edgeS = 0.012

/** Plays the tones of alarms. Browsers keep silent until somebody has touched the page; `onBlocked` tells when that is so. */
export class Sound {
  readonly #onBlocked: (blocked: boolean) => void
  #context: AudioContext | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #playing: Priority | null = null

  constructor(onBlocked: (blocked: boolean) => void) {
    this.#onBlocked = onBlocked
  }

  /** Repeats the tone of a priority until told otherwise; null ends it. */
  repeat(priority: Priority | null): void {
    if (priority === this.#playing) return
    this.#playing = priority
    clearInterval(this.#timer)
    if (priority === null) return this.#onBlocked(false)
    void this.once(priority)
    this.#timer = setInterval(() => void this.once(priority), tones[priority].everyMs)
  }

  async once(priority: Priority): Promise<void> {
    const context = (this.#context ??= new AudioContext())
    // The answer stays out as long as the browser waits for a click.
    if (isSilent(context)) void context.resume().catch(() => this.#onBlocked(true))
    await new Promise((resolve) => setTimeout(resolve, isSilent(context) ? 150 : 0))
    const blocked = isSilent(context)
    this.#onBlocked(blocked)
    if (blocked) return
    for (const { hz, atMs, forMs } of tones[priority].notes) note(context, hz, context.currentTime + atMs / 1000, forMs / 1000)
  }

  /** Somebody touched the page, so that it may be heard from now on. */
  async wake(): Promise<void> {
    const context = this.#context
    if (!context || !isSilent(context)) return
    await context.resume()
    this.#onBlocked(isSilent(context))
    if (this.#playing !== null) await this.once(this.#playing)
  }

  close(): void {
    this.repeat(null)
    void this.#context?.close()
    this.#context = null
  }
}

const isSilent = ({ state }: AudioContext) => state !== 'running'

/** One note with soft edges, so that it does not click. */
function note(context: AudioContext, hz: number, at: number, forS: number): void {
  const [tone, loud] = [context.createOscillator(), context.createGain()]
  tone.type = 'triangle'
  tone.frequency.value = hz
  loud.gain.setValueAtTime(0, at)
  loud.gain.linearRampToValueAtTime(volume, at + edgeS)
  loud.gain.setValueAtTime(volume, at + forS - edgeS)
  loud.gain.linearRampToValueAtTime(0, at + forS)
  tone.connect(loud).connect(context.destination)
  tone.start(at)
  tone.stop(at + forS)
}
