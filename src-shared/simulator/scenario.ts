import { z } from 'zod'
import type { FlatProfile } from '../devices/profile.ts'
import { plannedFaultSchema } from './faults.ts'
import type { Station } from './port.ts'
import { wrongIn } from './scenario-check.ts'

export const climateSchema = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, 'not a time zone')
    .describe('IANA name; the controllers’ clocks, schedules and the course of the day follow it'),
  seed: z.number().int().nonnegative(),
  mean: z.number().min(-10).max(25).describe('Mean outdoor temperature of the year, °C'),
  yearSwing: z.number().min(0).max(25).describe('Warmest season above the mean, K'),
  coldestDay: z.number().int().min(1).max(366).describe('Day of the year with the lowest mean'),
  daySwing: z.number().min(0).max(10).describe('Warmest hour of a clear summer day above its mean, K'),
  fronts: z.number().min(0).max(10).describe('How far weather fronts of several days lead away from the season, K'),
})
export type Climate = z.infer<typeof climateSchema>

/** What a house is built and used like; the physics of each stands in `src-worker/simulator/physics`. */
export const buildingKinds = ['dwelling', 'school', 'office', 'care', 'hall', 'hotel', 'bath'] as const
export type BuildingKind = (typeof buildingKinds)[number]

const buildingSchema = z.strictObject({
  kind: z.enum(buildingKinds).optional().describe('dwelling when absent'),
  heatLoss: z.number().min(0.3).max(4).optional().describe('W/(m² K); from the seed when absent'),
  floorHeating: z.boolean().optional(),
  tank: z.boolean().optional().describe('Hot water from a tank instead of at once'),
})
export type Building = z.infer<typeof buildingSchema>

const place = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).describe('Latitude, longitude, WGS 84')
export type Place = z.infer<typeof place>

const stationSchema = z.strictObject({
  name: z.string().min(1).max(80),
  place: z.string().max(120).describe('Street and number'),
  seed: z.number().int().nonnegative(),
  profile: z.string().describe('Such as danfoss/ecl310-a266.1'),
  orderCode: z.number().int().min(0).max(65535).describe('087H3040: 3040; 0 where the controller tells none'),
  serial: z.number().int().min(1).max(0xffffffff),
  firmware: z
    .string()
    .regex(/^\d{1,2}\.\d{2}$/)
    .optional()
    .describe('Such as 2.45; the profile’s own sample when absent'),
  flats: z.number().int().min(1).max(500).optional().describe('Size of the building; from the seed when absent'),
  building: buildingSchema.optional(),
  at: place.optional(),
  zone: z.string().optional().describe('id of a zone of the town'),
  node: z.string().optional().describe('id of the node of the network where its service pipe begins'),
  settings: z
    .record(z.string(), z.number())
    .optional()
    .describe('Point → value in the canonical unit, where it differs from the profile’s sample'),
})

const townSchema = z.strictObject({
  zones: z.array(z.strictObject({ id: z.string(), name: z.string() })).max(20),
  streets: z.array(z.strictObject({ name: z.string(), line: z.array(place).min(2).max(200) })).max(400),
  plant: z.strictObject({ name: z.string(), place: z.string(), at: place }),
  /** A tree: each node hangs on its parent by one trench; parents stand before their children, the first hang on `plant`. */
  nodes: z
    .array(
      z.strictObject({
        id: z.string(),
        parent: z.string(),
        at: place,
        via: z.array(place).max(50).optional().describe('Bends of the trench from the parent'),
        length: z.number().positive().optional().describe('Trench, m; from the coordinates when absent'),
        dn: z.number().int().min(15).max(600).optional().describe('Nominal diameter; sized from what hangs on it when absent'),
      }),
    )
    .max(2000),
})
export type Town = z.infer<typeof townSchema>

const lineMeterSchema = z.strictObject({
  address: z.number().int().min(1).max(250),
  serial: z.string().regex(/^\d{8}$/),
  manufacturer: z.string().regex(/^[A-Z]{3}$/),
  version: z.number().int().min(0).max(255),
  medium: z.number().int().min(0).max(255),
  energy: z.number().min(0).describe('Index on 1 January 2026, kWh'),
  power: z.number().positive().describe('Mean power, kW'),
  seed: z.number().int().nonnegative(),
  station: z.string().optional().describe('Name of the station whose heat it counts; energy and power are then of no account'),
})
export type LineMeter = z.infer<typeof lineMeterSchema>

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().min(1).max(80),
    about: z.string().optional(),
    source: z.string().max(300).optional().describe('Whose map it is and under which licence; shown with the town'),
    climate: climateSchema,
    town: townSchema.optional().describe('Streets, zones and network; a town of its own is laid out when absent'),
    stations: z.array(stationSchema).min(1).max(2000),
    /** Stations that are reached over the town’s OPC UA server instead of a port of their own; by name. */
    opcua: z.array(z.string()).max(200).optional(),
    faults: z.array(plannedFaultSchema).max(5000).optional(),
    pastDays: z.number().int().min(0).max(800).optional().describe('Days of history that the town opens with'),
    speed: z.number().min(0).max(600).optional().describe('Simulated seconds a second'),
    meters: z.array(lineMeterSchema).max(60).optional().describe('Heat meters on one M-Bus line, for a person to find'),
  })
  .superRefine((scenario, context) => {
    for (const wrong of wrongIn(scenario)) context.addIssue({ code: 'custom', ...wrong })
  })
export type Scenario = z.infer<typeof scenarioSchema>

/** The climate taken where none is told: the Danish coast. */
export const coastalClimate: Climate = {
  timeZone: 'Europe/Copenhagen',
  seed: 1,
  mean: 8.2,
  yearSwing: 8.6,
  coldestDay: 28,
  daySwing: 4,
  fronts: 4.5,
}

/** Throws an Error that names every wrong place. */
export function parseScenario(json: unknown): Scenario {
  const result = scenarioSchema.safeParse(json)
  if (!result.success) throw new Error(`scenario: ${z.prettifyError(result.error)}`)
  return result.data
}

/** The stations as the simulator worker takes them, each with its profile. Throws an Error for a profile that is not there. */
export function stationsOf(scenario: Scenario, profiles: readonly FlatProfile[]): Station[] {
  return scenario.stations.map((station) => {
    const profile = profiles.find(({ id }) => id === station.profile)
    if (!profile) throw new Error(`scenario: ${station.name} asks for profile ${station.profile}, which is not there`)
    return { ...station, profile }
  })
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
