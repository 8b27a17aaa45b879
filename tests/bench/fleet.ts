/**
 * A fleet of simulated controllers in a process of its own:
 * `node tests/bench/fleet.ts --stations N [--host 127.0.0.1] [--latency MS] [--dead K] [--move]`.
 * Prints one line of JSON with the ports in order once all listen, and stays until its standard input closes. `--latency` is
 * the time from request to answer; the last `--dead` controllers take connections and stay mute; with `--move` values change
 * every second instead of standing as they were at the start. Registers are worked out only when they are asked for.
 */
import { parseArgs } from 'node:util'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import { Controller } from '../../src-worker/simulator/image/controller.ts'
import { modelOf } from '../../src-worker/simulator/image/model.ts'
import { designFlow } from '../../src-worker/simulator/physics/house.ts'
import { layOutNetwork } from '../../src-worker/simulator/physics/lay-out-network.ts'
import { localTime } from '../../src-worker/simulator/physics/local-time.ts'
import { createPhysics } from '../../src-worker/simulator/physics/physics.ts'
import type { ModbusServer } from '../../src-worker/simulator/serve/modbus-server.ts'
import { serveController } from '../../src-worker/simulator/serve/serve-controller.ts'
import { plainStation } from '../../src-worker/simulator/testing/demo-town.ts'

const { values } = parseArgs({
  options: {
    stations: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    latency: { type: 'string', default: '0' },
    dead: { type: 'string', default: '0' },
    move: { type: 'boolean', default: false },
  },
})
const stations = count('stations', values.stations)
const latencyMs = count('latency', values.latency)
const dead = count('dead', values.dead)

// Values change from second to second, and a step costs about a microsecond for each house.
const stepSeconds = 1

const station = plainStation()
const houses = Array.from({ length: stations }, (_, i) => ({ ...station, name: `Station ${i + 1}`, seed: 1 + i, serial: 1 + i }))
const climate = coastalClimate
const physics = createPhysics({ climate, houses, network: layOutNetwork(houses.map(designFlow), climate.seed), start: Date.now() })
const model = modelOf(station.profile)
const zone = localTime(climate.timeZone)
const servers: ModbusServer[] = []
for (const [index, house] of houses.entries()) {
  const controller = new Controller({ station: house, model, physics, index, zone })
  servers.push(await serveController(controller, values.host, 0, { latencyMs, mute: index >= stations - dead }))
}
if (stations > 0) physics.step(stepSeconds)
const steps = values.move ? setInterval(() => physics.step(stepSeconds), stepSeconds * 1_000) : undefined
process.stdout.write(`${JSON.stringify({ ports: servers.map(({ port }) => port), unit: 1, profile: station.profile.id })}\n`)

process.stdin.resume().on('close', () => {
  clearInterval(steps)
  void Promise.all(servers.map((server) => server.close()))
})

function count(name: string, text: string | undefined): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} takes a whole number, not ${text}`)
  return number
}
