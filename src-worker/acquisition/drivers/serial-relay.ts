import { randomUUID } from 'node:crypto'
import { BroadcastChannel, threadId, workerData } from 'node:worker_threads'
import { Failure } from '#shared/failures.ts'
import { serialChannelName, type SerialAsk, type SerialTold } from '#shared/serial.ts'
import type { ByteChannel } from './mbus-channel.ts'
import type { SerialChannelOptions } from './serial-channel.ts'

type Ask = SerialAsk extends infer A ? (A extends SerialAsk ? Omit<A, 'to' | 'line'> : never) : never

/**
 * A serial port that the host opens, since no thread but the main one may. `failed` turns the words of the system into a Failure.
 * Rejects as opening it here would, and with device.unreachable when the host says nothing for `connectMs`.
 */
export function relaySerialPort(
  { path, line: settings, connectMs }: SerialChannelOptions,
  failed: (error: Error) => Failure,
): Promise<ByteChannel> {
  const { dataFolder } = (workerData ?? {}) as { dataFolder?: string }
  if (dataFolder === undefined) return Promise.reject(failed(new Error('no host to open it')))
  return new Promise((resolve, reject) => {
    const line = randomUUID()
    const ignore = () => undefined
    const host = new BroadcastChannel(serialChannelName(dataFolder))
    let over = false
    let tuned: (error: string | null) => void = ignore
    const ask = (asked: Ask) => host.postMessage({ to: 'host', line, ...asked } satisfies SerialAsk)
    const end = () => {
      over = true
      clearTimeout(timer)
      host.close()
    }
    const channel: ByteChannel = {
      write: (bytes) => over || ask({ ask: 'write', bytes: Uint8Array.from(bytes) }),
      onData: ignore,
      onClose: ignore,
      setBaud: (baud) =>
        new Promise((done, refused) => {
          tuned = (error) => (error === null ? done() : refused(failed(new Error(error))))
          ask({ ask: 'baud', baud })
        }),
      close: () => {
        if (over) return
        ask({ ask: 'close' })
        end()
      },
    }
    const timer = setTimeout(() => {
      channel.close()
      reject(new Failure('device.unreachable', { host: path, port: 0, timeoutMs: connectMs }))
    }, connectMs)
    host.onmessage = ({ data }: { data: unknown }) => {
      const said = data as SerialTold | SerialAsk
      if (said.to !== 'line' || said.line !== line || over) return
      if (said.told === 'data') channel.onData(said.bytes)
      else if (said.told === 'baud') tuned(said.error)
      else if (said.told === 'ended') {
        end()
        channel.onClose(new Failure('device.closed', { host: path, port: 0 }, { cause: said.error }))
      } else if (said.error !== null) {
        end()
        reject(failed(new Error(said.error)))
      } else {
        clearTimeout(timer)
        resolve(channel)
      }
    }
    ask({ ask: 'open', path, settings, thread: threadId })
  })
}
