// A fleet of simulated stations for other programs to talk to: npm run simulate -- --stations 1000 --speed 60
import { fstatSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { loadProfiles } from '#shared/devices/load.ts'
import { Failure } from '#shared/failures.ts'
import { connect, type Remote } from '#shared/rpc.ts'
import type { Opened, Opening, SimulatorPort } from '#shared/simulator/port.ts'
import { readJsonFiles } from '../src-main/resources.ts'
import { truthTable } from '../src-main/simulator/truth.ts'
import { Misuse, readCommand, usage, type Command, type Strike } from './simulate-command.ts'

const dayMs = 86_400_000
const root = join(import.meta.dirname, '..')
const say = (line: string) => process.stdout.write(`${line}\n`)

type Simulation = { call: Remote<SimulatorPort>; thread: Worker; died: Promise<never> }

function startThread(start: number | undefined): Simulation {
  const clockOffsetMs = start === undefined ? 0 : start - Date.now()
  const thread = new Worker(join(root, 'src-worker', 'simulator', 'worker.ts'), { name: 'simulator', workerData: { clockOffsetMs } })
  let told = 0
  const { call, fail } = connect<SimulatorPort>(
    {
      postMessage: (message, transfer) => thread.postMessage(message, transfer ? [...transfer] : []),
      on: (event, listener) => thread.on(event, listener),
    },
    (event, data) => {
      if (event !== 'progress') return
      const { done, total } = data as { done: number; total: number }
      if (Math.floor(done) === told) return
      told = Math.floor(done)
      say(`day ${told} of ${Math.round(total)}`)
    },
  )
  const died = new Promise<never>((_, reject) => {
    thread.once('error', reject)
    thread.once('exit', (code) => {
      const error = new Error(`the simulator ended with code ${code}`)
      fail(error)
      reject(error)
    })
  })
  died.catch(() => undefined)
  return { call, thread, died }
}

async function open(call: Remote<SimulatorPort>, opening: Opening, faults: readonly Strike[]): Promise<Opened> {
  try {
    const opened = await call.open(opening)
    for (const fault of faults) await call.strike(fault)
    return opened
  } catch (error) {
    throw misuseOf(error, opening)
  }
}

/** What only the simulator could find wrong with a command. */
function misuseOf(error: unknown, { stations }: Opening): unknown {
  if (error instanceof Failure && error.code === 'notFound') {
    const { what, target } = error.params as { what?: string; target?: string }
    const names = what === 'station' ? `; stations are called ${stations[0]?.name ?? ''} to ${stations.at(-1)?.name ?? ''}` : ''
    return new Misuse(`--fault: there is no ${what ?? 'target'} "${target ?? ''}"${names}`, { cause: error })
  }
  if (error instanceof Failure && error.code === 'input.invalid')
    return new Misuse(String(error.params['fields'] ?? error.code), { cause: error })
  if (error instanceof Error && error.message.includes('EMFILE'))
    return new Misuse('this system lets a program open fewer ports than there are stations; ask for fewer --stations', { cause: error })
  const [, code, , port] = /(EADDRINUSE|EACCES|EADDRNOTAVAIL)(.*?):(\d+)\b/.exec(error instanceof Error ? error.message : '') ?? []
  if (code === 'EADDRINUSE')
    return new Misuse(`port ${port ?? ''} is used by another program; choose another --base-port`, { cause: error })
  if (code === 'EACCES')
    return new Misuse(`port ${port ?? ''} is not allowed to this user; choose a --base-port above 1023`, { cause: error })
  if (code === 'EADDRNOTAVAIL') return new Misuse('--host is not an address of this machine', { cause: error })
  return error
}

function headOf({ host, stations, opcua = [] }: Opening, opened: Opened): string {
  const ports = opened.stations.map(({ port }) => port)
  const rows = stations.map(({ name, profile }, i) => {
    const way = opcua.includes(name) ? 'opcua' : 'modbus-tcp'
    return { name, profile: profile.id, way, port: ports[i] ?? 0 }
  })
  return JSON.stringify({ host, unit: 1, ports, meterPort: opened.meterPort, opcuaPort: opened.opcuaPort, stations: rows })
}

async function stateOf({ call, thread }: Simulation, usedBefore: number, seconds: number): Promise<{ line: string; used: number }> {
  const [{ at, speed, outdoor, plant }, faults] = await Promise.all([call.picture({}), call.faults({})])
  const used = await cpuMs(thread)
  const share = plant.power > plant.losses ? ` (${((100 * plant.losses) / plant.power).toFixed(1)} %)` : ''
  const standing = faults.filter(({ to }) => to === null).length
  const parts = [
    `${new Date(at).toISOString().slice(0, 19)}Z ${speed}x`,
    `outdoor ${outdoor.toFixed(1)} °C`,
    `plant ${plant.power.toFixed(0)} kW, ${plant.supply.toFixed(1)}/${plant.return.toFixed(1)} °C, ${plant.flow.toFixed(1)} kg/s`,
    `losses ${plant.losses.toFixed(0)} kW${share}`,
    `dp ${plant.head.toFixed(2)}/${plant.lowest.toFixed(2)} bar`,
    `faults ${standing}`,
    ...(seconds > 0 && Number.isFinite(used) ? [`CPU ${((used - usedBefore) / 10 / seconds).toFixed(1)} % of a core`] : []),
  ]
  return { line: parts.join(' | '), used }
}

/** CPU time of the simulator's thread, ms; NaN where this Node.js cannot tell. */
async function cpuMs(thread: Worker): Promise<number> {
  if (typeof thread.cpuUsage !== 'function') return Number.NaN
  const { user, system } = await thread.cpuUsage()
  return (user + system) / 1000
}

/** Resolves when somebody wants it to end. A standard input that is no pipe and no terminal says nothing. */
function wish(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    const input = fstatSync(0)
    if (process.stdin.isTTY || input.isFIFO() || input.isSocket()) process.stdin.resume().once('close', resolve).once('end', resolve)
  })
}

async function live(simulation: Simulation, every: number): Promise<void> {
  const ended = wish()
  if (every === 0) return Promise.race([ended, simulation.died])
  let [used, at] = [await cpuMs(simulation.thread), performance.now()]
  let timer: NodeJS.Timeout | undefined
  const told = new Promise<never>((_, reject) => {
    const tell = async () => {
      const now = performance.now()
      const state = await stateOf(simulation, used, (now - at) / 1000)
      ;[used, at] = [state.used, now]
      say(state.line)
      wait()
    }
    const wait = () => {
      timer = setTimeout(() => void tell().catch(reject), every * 1000)
    }
    wait()
  })
  try {
    await Promise.race([ended, simulation.died, told])
  } finally {
    clearTimeout(timer)
  }
}

async function run({ opening, faults, start, past, every, truth }: Command): Promise<void> {
  const simulation = startThread(start)
  const { call, thread, died } = simulation
  try {
    const now = start ?? Date.now()
    const begin = past > 0 ? { start: now - past * dayMs } : {}
    const opened = await Promise.race([open(call, { ...opening, ...begin }, faults), died])
    say(headOf(opening, opened))
    await live(simulation, every)
    if (truth !== undefined)
      writeFileSync(
        truth,
        truthTable(await call.faults({}), () => null),
      )
    await call.close({})
  } finally {
    thread.removeAllListeners('exit')
    await thread.terminate()
  }
}

async function main(): Promise<void> {
  const profiles = loadProfiles(readJsonFiles(join(root, 'resources', 'profiles')))
  const command = readCommand(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd(), profiles)
  if (command) await run(command)
  else process.stdout.write(usage)
}

try {
  await main()
  process.exit(0)
} catch (error) {
  if (!(error instanceof Misuse)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
