import { readdirSync, readFileSync } from 'node:fs'
import { loadProfiles } from '#shared/devices/load.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import type { Station } from '#shared/simulator/port.ts'
import { parseScenario, stationsOf } from '#shared/simulator/scenario.ts'

const resources = new URL('../../../resources/', import.meta.url)
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, resources), 'utf8'))

let loaded: FlatProfile[] | undefined

export function shippedProfiles(): FlatProfile[] {
  return (loaded ??= loadShipped())
}

function loadShipped(): FlatProfile[] {
  const paths = readdirSync(new URL('profiles/', resources), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))
  return loadProfiles(new Map(paths.map((path) => [path.replaceAll('\\', '/'), json(`profiles/${path}`)])))
}

export function demoTown() {
  const scenario = parseScenario(json('scenarios/demo-town.json'))
  return { climate: scenario.climate, stations: stationsOf(scenario, shippedProfiles()) }
}

/** A station as the profile's own sample has it, with nothing set otherwise. */
export function plainStation(changes: Partial<Station> = {}): Station {
  const profile = shippedProfiles().find(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('there is no A266.1 profile')
  return { name: 'Plain', place: '', seed: 5, profile, orderCode: 3040, serial: 70_001, ...changes }
}
