import { read } from 'node:fs'
import { promisify } from 'node:util'
import { BroadcastChannel } from 'node:worker_threads'
import type { SerialPort } from 'serialport'
import { endWhenHungUp } from '#shared/serial-hangup.ts'
import { serialChannelName, type SerialAsk, type SerialTold } from '#shared/serial.ts'

type Told = SerialTold extends infer T ? (T extends SerialTold ? Omit<T, 'to' | 'line'> : never) : never

/** Opens serial ports for the threads and carries their bytes. What travels on them is none of its business. */
export class SerialPorts {
  readonly #channel: BroadcastChannel
  readonly #ports = new Map<string, SerialPort>()
  /** Line → the thread that asked for it. */
  readonly #owners = new Map<string, number>()

  constructor(dataFolder: string) {
    this.#channel = new BroadcastChannel(serialChannelName(dataFolder))
    this.#channel.onmessage = (message: { data: unknown }) => this.#hear(message.data as SerialAsk | SerialTold)
  }

  stop(): void {
    this.#channel.close()
    for (const line of this.#ports.keys()) this.#close(line)
  }

  #hear(asked: SerialAsk | SerialTold): void {
    if (asked.to !== 'host') return
    const { line } = asked
    if (asked.ask === 'open') void this.#open(asked)
    else if (asked.ask === 'write') this.#ports.get(line)?.write(Buffer.from(asked.bytes))
    else if (asked.ask === 'baud') this.#tune(line, asked.baud)
    else this.#close(line)
  }

  async #open({ line, path, settings, thread }: Extract<SerialAsk, { ask: 'open' }>): Promise<void> {
    const port = await this.#make(path, settings).catch((error: unknown) => {
      this.#tell(line, { told: 'opened', error: String(error) })
      return null
    })
    if (!port) return
    for (const [other, { path: taken }] of this.#ports) {
      if (taken !== path) continue
      if (this.#owners.get(other) === thread) return this.#tell(line, { told: 'opened', error: 'busy: this program has it open already' })
      // A thread that died left its port open; whoever asks for it now is its successor.
      this.#close(other)
    }
    this.#ports.set(line, port)
    this.#owners.set(line, thread)
    port.open((error) => {
      this.#tell(line, { told: 'opened', error: error ? error.message : null })
      if (error) this.#forget(line)
      else if (!this.#ports.has(line)) port.close(() => undefined)
    })
    port.on('data', (bytes: Uint8Array) => this.#tell(line, { told: 'data', bytes: Uint8Array.from(bytes) }))
    const ended = (error: Error | null) => {
      if (!this.#forget(line)) return
      if (port.isOpen) port.close(() => undefined)
      this.#tell(line, { told: 'ended', error: error ? error.message : null })
    }
    port.on('error', ended)
    // A port that is pulled out may also just have nothing more to say.
    port.on('end', () => ended(null))
    port.on('close', ended)
  }

  /** Loaded when a serial port is first needed. */
  async #make(path: string, { baud, parity, stop }: Extract<SerialAsk, { ask: 'open' }>['settings']): Promise<SerialPort> {
    const { SerialPort: Port } = await import('serialport')
    const port = new Port({ path, baudRate: baud, parity, stopBits: stop, dataBits: 8, autoOpen: false })
    endWhenHungUp(port, promisify(read))
    return port
  }

  #tune(line: string, baudRate: number): void {
    const port = this.#ports.get(line)
    if (!port) return this.#tell(line, { told: 'baud', error: 'the port is closed' })
    port.update({ baudRate }, (error) => this.#tell(line, { told: 'baud', error: error ? error.message : null }))
  }

  #close(line: string): void {
    const port = this.#ports.get(line)
    this.#forget(line)
    if (port?.isOpen) port.close(() => undefined)
  }

  #forget(line: string): boolean {
    this.#owners.delete(line)
    return this.#ports.delete(line)
  }

  #tell(line: string, told: Told): void {
    this.#channel.postMessage({ to: 'line', line, ...told } satisfies SerialTold)
  }
}
