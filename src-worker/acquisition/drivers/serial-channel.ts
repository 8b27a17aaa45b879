import { read } from 'node:fs'
import { promisify } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import type { SerialPort } from 'serialport'
import type { SerialLine } from '#shared/devices/way.ts'
import { Failure, type FailureCode } from '#shared/failures.ts'
import { endWhenHungUp } from '#shared/serial-hangup.ts'
import type { ByteChannel } from './mbus-channel.ts'
import { relaySerialPort } from './serial-relay.ts'

export type SerialChannelOptions = { path: string; line: SerialLine; connectMs: number }

/** A port that was just closed is free a moment later; one that another program holds stays so. */
const busyAgainMs = 50
const busyForMs = 500

const troubles: [RegExp, FailureCode][] = [
  [/lock|busy|access denied|access is denied/i, 'device.portBusy'],
  [/permission|not permitted/i, 'device.portDenied'],
  [/no such|not found|unknown error code (2|3)\b|cannot find/i, 'device.portMissing'],
]

/** The reason why a serial port cannot be used, from the words of the system, which are all that the package hands on. */
export function portFailure(error: Error, path: string): Failure {
  const code = troubles.find(([words]) => words.test(error.message))?.[1] ?? 'device.portFailed'
  const reason = error.message.replace(/^Error:?\s*/, '').slice(0, 200)
  return new Failure(code, { host: path, port: 0, reason }, { cause: error })
}

/**
 * Opens a serial port with 8 data bits: here on the main thread, otherwise through the host. Rejects with device.portMissing,
 * portDenied, portBusy or portFailed.
 */
export async function openSerialChannel(options: SerialChannelOptions): Promise<ByteChannel> {
  const { path, connectMs } = options
  const start = performance.now()
  for (;;) {
    try {
      return await (isMainThread ? openHere(options) : relaySerialPort(options, (error) => portFailure(error, path)))
    } catch (error) {
      const waited = performance.now() - start
      const again = error instanceof Failure && error.code === 'device.portBusy' && waited <= Math.min(busyForMs, connectMs)
      if (!again) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, busyAgainMs))
  }
}

async function openHere({ path, line }: SerialChannelOptions): Promise<ByteChannel> {
  const { SerialPort: Port } = await loadSerialPort(path)
  const port = new Port({ path, baudRate: line.baud, parity: line.parity, stopBits: line.stop, dataBits: 8, autoOpen: false })
  endWhenHungUp(port, promisify(read))
  const failure = await opened(port, path)
  if (failure) throw failure
  return channelOf(port, path)
}

/** The package with its machine code, loaded when a serial port is first needed. */
export async function loadSerialPort(path: string): Promise<typeof import('serialport')> {
  try {
    return await import('serialport')
  } catch (error) {
    throw new Failure('device.portFailed', { host: path, port: 0, reason: String(error).slice(0, 200) }, { cause: error })
  }
}

function opened(port: SerialPort, path: string): Promise<Failure | null> {
  return new Promise((resolve) => port.open((error) => resolve(error ? portFailure(error, path) : null)))
}

function channelOf(port: SerialPort, path: string): ByteChannel {
  const ignore = () => undefined
  let over = false
  const channel: ByteChannel = {
    write: (bytes) => port.write(bytes),
    onData: ignore,
    onClose: ignore,
    setBaud: (baudRate) =>
      new Promise((resolve, reject) => port.update({ baudRate }, (error) => (error ? reject(portFailure(error, path)) : resolve()))),
    close: () => {
      over = true
      if (port.isOpen) port.close(ignore)
    },
  }
  const ended = (error: Error | null) => {
    if (over) return
    over = true
    if (port.isOpen) port.close(ignore)
    channel.onClose(new Failure('device.closed', { host: path, port: 0 }, { cause: error }))
  }
  port.on('data', (bytes: Uint8Array) => {
    if (!over) channel.onData(bytes)
  })
  port.on('error', ended)
  // A port that is pulled out may also just have nothing more to say.
  port.on('end', () => ended(null))
  port.on('close', ended)
  return channel
}
