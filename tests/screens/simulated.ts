import { createServer, type AddressInfo, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { connect } from '#shared/rpc.ts'
import { loadProfiles } from '#shared/devices/load.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { readJsonFiles } from '../../src-main/resources.ts'

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export type Controller = { port: number; stop(): Promise<void> }

/** A simulated ECL Comfort 310 with A266.1 on a loopback port of its own, unit 1. */
export async function startController(): Promise<Controller> {
  const profile = loadProfiles(readJsonFiles(inProject('resources/profiles'))).find(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('the A266.1 profile is missing')
  const thread = new Worker(inProject('out/worker/simulator.js'))
  const { call } = connect<SimulatorPort>(thread, () => undefined)
  const station = { name: 'Test house', place: '', seed: 7, profile, orderCode: 3040, serial: 4711 }
  const { stations } = await call.open({ stations: [station], ports: null, host: '127.0.0.1' })
  const port = stations[0]?.port
  if (port === undefined) throw new Error('the controller has no port')
  return {
    port,
    stop: async () => {
      await thread.terminate()
    },
  }
}

/** Something on a loopback port that is no controller. */
export async function startStranger(behaves: (socket: Socket) => void): Promise<Controller> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    behaves(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
