/**
 * A fleet of simulated controllers in a process of its own:
 * `node tests/bench/fleet.ts --stations N [--host 127.0.0.1] [--latency MS] [--dead K] [--move]`.
 * Prints one line of JSON with the ports in order once all listen, and stays until its standard input closes. `--latency` is
 * the time from request to answer; the last `--dead` controllers take connections and stay mute; with `--move` values change
 * every second instead of standing as they were at the start. Controllers work only when they are asked.
 */
import { parseArgs } from 'node:util'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import type { ModbusServer } from '../../src-worker/simulator/serve/modbus-server.ts'
import { serveController } from '../../src-worker/simulator/serve/serve-controller.ts'
import { plainStation } from '../../src-worker/simulator/testing/demo-town.ts'
import { townOf } from '../../src-worker/simulator/town.ts'

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

const town = townOf(coastalClimate)
const start = Date.now()
const clock = values.move ? Date.now : () => start
const station = plainStation()
const servers: ModbusServer[] = []
for (let i = 0; i < stations; i++) {
  const controller = town.build({ ...station, name: `Station ${i + 1}`, seed: 1 + i, serial: 1 + i }, clock)
  servers.push(await serveController(controller, values.host, 0, { latencyMs, mute: i >= stations - dead }))
}
process.stdout.write(`${JSON.stringify({ ports: servers.map(({ port }) => port), unit: 1, profile: station.profile.id })}\n`)

process.stdin.resume().on('close', () => {
  void Promise.all(servers.map((server) => server.close()))
})

function count(name: string, text: string | undefined): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} takes a whole number, not ${text}`)
  return number
}
