import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { faultKindNames, faultRow, paramsOf, type FaultKind } from '#shared/simulator/faults.ts'
import { parseScenario, stationsOf, type Scenario } from '#shared/simulator/scenario.ts'
import type { Opening } from '#shared/simulator/port.ts'
import { readJson } from '../src-main/resources.ts'
import { makeTown, type Share } from '../src-worker/simulator/make-town.ts'

const usualProfile = 'danfoss/ecl310-a266.1'
const mostStations = 10_000
const examples = { station: 'S1', node: 'n1', zone: 'Z1', plant: 'plant' } as const

export const usage = `Usage: npm run simulate -- [options]

A town of simulated stations for any program to talk to: each controller on a Modbus TCP port of its own.

  --stations N        how many, 1 to ${mostStations}; 100 when absent
  --mix NAME=N,...    controllers by their shares, such as a266.1=8,trovis-5573=2; all ECL 310 with A266.1 when absent
  --scenario FILE     stations, network, weather and faults of a scenario file instead, such as resources/scenarios/demo-town.json
  --seed N            another number makes another town; 1 when absent
  --speed N           simulated seconds a second, 0 to 600; 1 when absent
  --start TIME        simulated time at the opening, such as 2026-01-15T06:00Z (UTC where no zone is told); now when absent
  --past DAYS         days that the town lives through before it opens, 0 to 800; 0 when absent
  --fault KIND:TARGET[:NAME=VALUE]...
                      breaks something at the opening; may be given many times
  --host ADDRESS      address to listen at; 127.0.0.1 when absent
  --base-port N       first station's port; the next ones follow, OPC UA server and meters last; any free ones when absent
  --every SECONDS     how often a line tells the state, 0: never; 5 when absent
  --truth FILE        at the end all faults, with their times, as CSV
  --help

Stations are called S1, S2…, nodes of the network n1, n2…, zones of 50 stations Z1, Z2…; a scenario has names of its own.
Prints one line of JSON with the ports first. Ends with Ctrl+C, SIGTERM or when its standard input closes.

Faults, each with its target and what can be set:
${faultKindNames.map(lineOf).join('\n')}
`

/** A command that cannot be carried out, in words for whoever gave it. */
export class Misuse extends Error {}

export type Strike = { kind: FaultKind; target: string; params: Record<string, number> }
export type Command = {
  opening: Opening
  faults: Strike[]
  /** Simulated UTC ms of the opening; undefined: now. */
  start: number | undefined
  past: number
  every: number
  truth: string | undefined
}

/** What the command line asks for; null: help. Paths are relative to `folder`. Throws Misuse. */
export function readCommand(argv: readonly string[], folder: string, profiles: readonly FlatProfile[]): Command | null {
  const values = parse(argv)
  if (values.help) return null
  const { scenario: file, stations, mix, seed } = values
  const faults = (values.fault ?? []).map(faultOf)
  if (file !== undefined) {
    const other = Object.entries({ stations, mix, seed }).find(([, value]) => value !== undefined)
    if (other) throw new Misuse(`--${other[0]} does not go with --scenario, which tells its own stations`)
  }
  const scenario = file === undefined ? undefined : scenarioOf(resolve(folder, file), profiles)
  const opening = scenario ?? {
    stations: makeTown(
      whole('--stations', stations ?? '100', 1, mostStations),
      whole('--seed', seed ?? '1', 0, 40_000),
      mixOf(mix ?? usualProfile, profiles),
    ),
  }
  const { host = '127.0.0.1' } = values
  if (isIP(host) === 0 && host !== 'localhost') throw new Misuse(`--host takes an IP address of this machine, not "${host}"`)
  const count = opening.stations.length
  const base = values['base-port'] === undefined ? undefined : whole('--base-port', values['base-port'], 1, 65534 - count)
  const speed = values.speed === undefined ? (scenario?.speed ?? 1) : decimal('--speed', values.speed, 0, 600)
  return {
    opening: { ...opening, ...portsFrom(base, count), host, speed },
    faults,
    start: values.start === undefined ? undefined : timeOf(values.start),
    past: whole('--past', values.past ?? '0', 0, 800),
    every: decimal('--every', values.every ?? '5', 0, 3600),
    truth: values.truth === undefined ? undefined : writable(resolve(folder, values.truth)),
  }
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      options: {
        stations: text,
        mix: text,
        scenario: text,
        seed: text,
        speed: text,
        start: text,
        past: text,
        fault: { type: 'string', multiple: true },
        host: text,
        'base-port': text,
        every: text,
        truth: text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new Misuse(`${error instanceof Error ? error.message : String(error)}; --help tells all options`, { cause: error })
  }
}

type Made = Pick<Opening, 'stations' | 'climate' | 'town' | 'meters' | 'opcua' | 'faults' | 'speed'>

function scenarioOf(path: string, profiles: readonly FlatProfile[]): Made {
  if (!existsSync(path)) throw new Misuse(`there is no file ${path}`)
  try {
    const scenario: Scenario = parseScenario(readJson(path))
    const { climate, town, meters, opcua, faults, speed } = scenario
    return { stations: stationsOf(scenario, profiles), climate, town, meters, opcua, faults, speed }
  } catch (error) {
    throw new Misuse(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function mixOf(text: string, profiles: readonly FlatProfile[]): Share[] {
  return text.split(',').map((part) => {
    const [name = '', share = '1'] = part.split('=')
    return { profile: profileNamed(name.trim(), profiles), share: decimal(`--mix ${name}`, share, 0.001, 1_000_000) }
  })
}

function profileNamed(name: string, profiles: readonly FlatProfile[]): FlatProfile {
  const usable = profiles.filter(({ protocol }) => protocol === 'modbus')
  const exact = usable.find(({ id }) => id === name || id.endsWith(`/${name}`) || id.endsWith(`-${name}`))
  if (exact && name !== '') return exact
  const near = usable.filter(({ id }) => id.includes(name)).map(({ id }) => `  ${id}`)
  throw new Misuse(`--mix: there is no profile "${name}"${near.length > 0 ? `; there are\n${near.join('\n')}` : ''}`)
}

function faultOf(text: string): Strike {
  const [name = '', target = '', ...rest] = text.split(':')
  const kind = faultKindNames.find((one) => one === name)
  if (!kind) throw new Misuse(`--fault: there is no kind "${name}"; there are ${faultKindNames.join(', ')}`)
  const what = faultRow(kind).target
  if (target === '') throw new Misuse(`--fault ${kind} needs a ${what}, such as ${kind}:${examples[what]}`)
  const given: Record<string, number> = {}
  for (const part of rest.flatMap((one) => one.split(','))) {
    const [param = '', value = ''] = part.split('=')
    if (param === '' || value === '' || Number.isNaN(Number(value))) throw new Misuse(`--fault ${text}: "${part}" is not NAME=VALUE`)
    given[param] = Number(value)
  }
  try {
    return { kind, target, params: paramsOf(kind, given) }
  } catch (error) {
    throw new Misuse(`--fault ${text}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function lineOf(kind: FaultKind): string {
  const { target, params } = faultRow(kind)
  const told = Object.entries(params).map(([name, { unit, min, max, usual }]) => `${name}=${usual} ${unit} (${min} to ${max})`)
  return `  ${kind}:${examples[target]}`.padEnd(32).concat(told.join(', ')).trimEnd()
}

/** The stations one after another, then the OPC UA server and the line of meters. */
function portsFrom(base: number | undefined, count: number): Pick<Opening, 'ports' | 'opcuaPort' | 'meterPort'> {
  if (base === undefined) return { ports: null }
  return { ports: Array.from({ length: count }, (_, i) => base + i), opcuaPort: base + count, meterPort: base + count + 1 }
}

function timeOf(text: string): number {
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  const at = shape ? Date.parse(`${text}${shape[1] === undefined || shape[3] !== undefined ? '' : 'Z'}`) : Number.NaN
  if (Number.isNaN(at)) throw new Misuse(`--start takes a time such as 2026-01-15T06:00Z, not "${text}"`)
  if (at < Date.UTC(2000, 0, 1) || at > Date.UTC(2100, 0, 1)) throw new Misuse(`--start takes a time from 2000 to 2099, not "${text}"`)
  return at
}

function writable(path: string): string {
  if (!existsSync(dirname(path))) throw new Misuse(`--truth: there is no folder ${dirname(path)}`)
  return path
}

function whole(option: string, text: string, min: number, max: number): number {
  if (!/^\d+$/.test(text)) throw new Misuse(`${option} takes a whole number from ${min} to ${max}, not "${text}"`)
  return decimal(option, text, min, max)
}

function decimal(option: string, text: string, min: number, max: number): number {
  const number = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || number < min || number > max)
    throw new Misuse(`${option} takes a number from ${min} to ${max}, not "${text}"`)
  return number
}
