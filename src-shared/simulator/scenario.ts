import { z } from 'zod'
import type { FlatProfile } from '../devices/profile.ts'
import type { Station } from './port.ts'

/** What makes a station worth a look: a room sensor that is broken, too warm a return, a heating valve that never rests. */
export const characters = ['brokenRoomSensor', 'highReturn', 'huntingValve'] as const
export type Character = (typeof characters)[number]

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

const stationSchema = z.strictObject({
  name: z.string().min(1).max(80),
  place: z.string().max(120),
  seed: z.number().int().nonnegative(),
  profile: z.string().describe('Such as danfoss/ecl310-a266.1'),
  orderCode: z.number().int().min(0).max(65535),
  serial: z.number().int().min(1).max(0xffffffff),
  firmware: z
    .string()
    .regex(/^\d{1,2}\.\d{2}$/)
    .optional()
    .describe('Such as 2.45; the profile’s own sample when absent'),
  flats: z.number().int().min(1).max(500).optional().describe('Size of the building; from the seed when absent'),
  character: z.enum(characters).optional(),
  settings: z
    .record(z.string(), z.number())
    .optional()
    .describe('Point → value in the canonical unit, where it differs from the profile’s sample'),
})

const lineMeterSchema = z.strictObject({
  address: z.number().int().min(1).max(250),
  serial: z.string().regex(/^\d{8}$/),
  manufacturer: z.string().regex(/^[A-Z]{3}$/),
  version: z.number().int().min(0).max(255),
  medium: z.number().int().min(0).max(255),
  energy: z.number().min(0).describe('Index on 1 January 2026, kWh'),
  power: z.number().positive().describe('Mean power, kW'),
  seed: z.number().int().nonnegative(),
})
export type LineMeter = z.infer<typeof lineMeterSchema>

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().min(1).max(80),
    about: z.string().optional(),
    climate: climateSchema,
    stations: z.array(stationSchema).min(1).max(200),
    meters: z.array(lineMeterSchema).max(60).optional().describe('Heat meters on one M-Bus line, for a person to find'),
  })
  .superRefine((scenario, context) => {
    for (const key of ['name', 'seed', 'serial'] as const) {
      const seen = new Set<string | number>()
      scenario.stations.forEach((station, i) => {
        if (seen.has(station[key]))
          context.addIssue({ code: 'custom', message: `${key} ${station[key]} twice`, path: ['stations', i, key] })
        seen.add(station[key])
      })
    }
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
