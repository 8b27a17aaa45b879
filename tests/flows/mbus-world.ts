import { onTestFinished } from 'vitest'
import { buildFrame, wholeFrame, type MbusFrame } from '../../src-shared/mbus/frame.ts'
import { decodeTelegram } from '../../src-shared/mbus/telegram.ts'
import { frameBytes } from '../../src-shared/mbus/testing/corpus.ts'
import { openTcpChannel } from '../../src-worker/acquisition/drivers/mbus-channel.ts'
import { MbusMaster, type MasterOptions } from '../../src-worker/acquisition/drivers/mbus-master.ts'
import { SimulatedBus, type BusOptions } from '../../src-worker/simulator/serve/mbus-bus.ts'
import type { MeterManner, MeterOptions } from '../../src-worker/simulator/serve/mbus-meter.ts'

/** A real meter's telegram as bytes; `id` gives it another number. */
export function realTelegram(name: string, id?: string): Uint8Array {
  const bytes = frameBytes('valid', name)
  if (id === undefined) return bytes
  const frame = longOf(bytes)
  const digits = [6, 4, 2, 0].map((at) => Number.parseInt(id.slice(at, at + 2), 16))
  return buildFrame({ ...frame, data: Uint8Array.of(...digits, ...frame.data.slice(4)) })
}

export function longOf(bytes: Uint8Array): Extract<MbusFrame, { kind: 'long' }> {
  const frame = wholeFrame(bytes)
  if (frame.kind !== 'long') throw new Error('no long frame')
  return frame
}

/** A meter with a real telegram, and more telegrams where given. */
export function realMeter(address: number, name: string, manner: MeterManner = {}, id?: string, ...more: Uint8Array[]): MeterOptions {
  const telegram = realTelegram(name, id)
  const { identity } = decodeTelegram(telegram).header
  if (!identity) throw new Error(`${name} does not tell who it is`)
  return { address, identity, telegrams: [telegram, ...more], manner }
}

/** A bus on a socket and a master that is connected to it, both gone after the test. */
export async function busWith(
  meters: readonly MeterOptions[],
  options: Omit<BusOptions, 'meters'> & { master?: MasterOptions; tunable?: boolean } = {},
): Promise<{ bus: SimulatedBus; master: MbusMaster; port: number }> {
  const { master: masterOptions, tunable = false, ...busOptions } = options
  const bus = new SimulatedBus({ meters, ...busOptions })
  const port = await bus.listen()
  onTestFinished(() => bus.close())
  const channel = await openTcpChannel({ host: '127.0.0.1', port, connectMs: 5000 })
  if (tunable) {
    channel.setBaud = async (baud) => {
      bus.baud = baud
    }
  }
  const master = new MbusMaster(channel, { networkMs: 150, marginMs: 30, ...masterOptions })
  onTestFinished(() => master.close())
  return { bus, master, port }
}
