import { connect, type LookupFunction } from 'node:net'
import { Failure } from '#shared/failures.ts'
import type { Baud } from '#shared/mbus/baud.ts'
import { closeFailure, connectFailure } from './modbus-failure.ts'

/**
 * A way to a bus that carries bytes as they are. Whoever uses it sets `onData` and `onClose`; the latter is called once when
 * the way ends and `close` was not called.
 */
export type ByteChannel = {
  write(bytes: Uint8Array): void
  onData: (bytes: Uint8Array) => void
  onClose: (failure: Failure) => void
  /** Changes the speed at the far end; absent where that is set by hand. */
  setBaud?: (baud: Baud) => Promise<void>
  close(): void
}

export type TcpChannelOptions = { host: string; port: number; connectMs: number; lookup?: LookupFunction | undefined }

/** Connects to a converter that passes bytes through. Rejects with the failures of a connection that cannot be made. */
export function openTcpChannel({ host, port, connectMs, lookup }: TcpChannelOptions): Promise<ByteChannel> {
  const where = { host, port, timeoutMs: connectMs }
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...(lookup ? { lookup } : {}), noDelay: true, keepAlive: true })
    let broken: NodeJS.ErrnoException | null = null
    let open = false
    let over = false
    const ignore = () => undefined
    const channel: ByteChannel = {
      write: (bytes) => socket.write(bytes),
      onData: ignore,
      onClose: ignore,
      close: () => {
        over = true
        socket.destroy()
      },
    }
    const failed = (failure: Failure) => {
      clearTimeout(timer)
      over = true
      socket.destroy()
      reject(failure)
    }
    const ended = () => {
      if (over) return
      if (!open) return failed(closeFailure(broken, where))
      over = true
      socket.destroy()
      channel.onClose(closeFailure(broken, { host, port }))
    }
    const timer = setTimeout(() => failed(new Failure('device.unreachable', where)), connectMs)
    socket.on('error', (error) => {
      broken = error
      if (!open) failed(connectFailure(error, where))
    })
    socket.on('connect', () => {
      open = true
      clearTimeout(timer)
      resolve(channel)
    })
    socket.on('data', (bytes) => {
      if (!over) channel.onData(bytes)
    })
    socket.on('end', ended)
    socket.on('close', ended)
  })
}
