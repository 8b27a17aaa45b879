import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { AcquisitionPort, ContactReport, ReadingsEvent, Task } from '#shared/acquisition/port.ts'
import { rowOf, type SeriesReading } from '#shared/reading.ts'
import { connect } from '#shared/rpc.ts'
import { freePort, Peer, registers } from './testing/peer.ts'
import { point, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

function thread() {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  open.push({ close: () => worker.terminate() })
  const readings: SeriesReading[] = []
  const contacts: ContactReport[] = []
  const { call } = connect<AcquisitionPort>(worker, (event, data) => {
    if (event === 'contact') contacts.push(...(data as ContactReport[]))
    if (event !== 'readings') return
    const { batch } = data as ReadingsEvent
    for (let i = 0; i < batch.series.length; i++) readings.push(rowOf(batch, i))
  })
  return { worker, call, readings, contacts }
}

function task(port: number): Task {
  const points = [point('flow', 10, { as: 'int16', scale: 0.1 }), point('energy', 20, { as: 'uint32' })]
  return {
    device: 'sub-1',
    address: { host: '127.0.0.1', port, unit: 1 },
    protocol: 'modbus',
    points,
    series: [7, 8],
    limits: { block: 50, gap: 0, functions: [3] },
    unserved: [],
    lastSlot: null,
  }
}

describe('the acquisition thread', () => {
  it('reads a device, announces what it says, answers a person, and ends when it is told to', async () => {
    const peer = new Peer((asked) => registers(asked, (address) => (address === 20 ? 1 : address)))
    open.push(peer)
    const { worker, call, readings, contacts } = thread()
    await call.add(task(await peer.listen()))
    await call.watch({ series: [7, 8] })
    await until(() => readings.some((one) => one.series === 8))
    expect(readings).toContainEqual({ series: 7, value: 1, quality: 'good', at: expect.any(Number) })
    expect(readings).toContainEqual({ series: 8, value: 65536 + 21, quality: 'good', at: expect.any(Number) })
    await until(() => contacts.at(-1)?.contact.state === 'online')
    expect(await call.readNow({ device: 'sub-1', points: ['energy'] })).toMatchObject({ value: [65557], quality: [0] })
    const exit = once(worker, 'exit')
    await call.stop({})
    expect(await exit).toEqual([0])
    await until(() => peer.sockets.size === 0)
  })

  it('reads devices by a profile that was told once, from then on as it was told last', async () => {
    const peer = new Peer((asked) => registers(asked))
    open.push(peer)
    const { call } = thread()
    const { points, ...rest } = task(await peer.listen())
    await expect(call.add({ ...rest, profile: 'made/one' })).rejects.toMatchObject({ code: 'notFound', params: { what: 'profile' } })
    await call.profile({ id: 'made/one', points })
    await call.add({ ...rest, profile: 'made/one' })
    expect(await call.readNow({ device: 'sub-1', points: ['flow'] })).toMatchObject({ value: [1] })
    await call.profile({ id: 'made/one', points: points.map((one) => ({ ...one, scale: 1 })) })
    await call.add({ ...rest, profile: 'made/one' })
    expect(await call.readNow({ device: 'sub-1', points: ['flow'] })).toMatchObject({ value: [10] })
  })

  it('answers a wrong call with its failure', async () => {
    const { call } = thread()
    const port = await freePort()
    await expect(call.tryNow({ device: 'none' })).rejects.toMatchObject({ code: 'notFound', params: { device: 'none' } })
    await call.add(task(port))
    await expect(call.readNow({ device: 'sub-1', points: ['flow'] })).rejects.toMatchObject({ code: 'device.refused', params: { port } })
  })
})
