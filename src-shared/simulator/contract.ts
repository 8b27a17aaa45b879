import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { buildingKinds } from './scenario.ts'
import { pictureSchema } from './picture.ts'
import { faultKindNames, faultSchema, type FaultKind } from './faults.ts'

const place = z.tuple([z.number(), z.number()]).describe('Latitude, longitude, WGS 84')
const kind = z.enum(faultKindNames as [FaultKind, ...FaultKind[]])
const number = z.number().nullable()

export const simulator = contract({
  status: {
    method: 'GET',
    path: '/demo',
    role: 'readonly',
    summary: 'Whether the demo town runs on this machine, and its time',
    input: nothing,
    output: z.object({
      running: z.boolean(),
      /** What is being made ready, in days of the town; null when it is open or closed. */
      making: z.object({ done: z.number(), total: z.number() }).nullable(),
      stations: z.number().int(),
      outdoor: number.describe('°C'),
      name: z.string(),
      now: number.describe('Simulated UTC ms'),
      speed: number.describe('Simulated seconds a second; 0: it rests'),
      /** How long its present is its own and not that of this machine’s clock, ms. */
      ahead: number,
      meterLine: z.object({ host: z.string(), port: z.number().int() }).nullable().describe('M-Bus line of the town, to try the meters'),
      opcua: z.string().nullable().describe('Address of the town’s OPC UA server'),
    }),
  },
  open: {
    method: 'POST',
    path: '/demo',
    role: 'admin',
    summary: 'Make the demo town with its history and add its controllers',
    input: z.object({
      days: z.number().int().min(0).max(800).optional().describe('Days of history; as the scenario says when absent'),
    }),
    output: z.object({ stations: z.number().int() }),
    audit: 'demo',
  },
  close: {
    method: 'DELETE',
    path: '/demo',
    role: 'admin',
    summary: 'Stop the demo town and take its controllers out; also stops one that is being made',
    input: nothing,
    output: done,
    audit: 'demo',
  },
  pace: {
    method: 'PUT',
    path: '/demo/pace',
    role: 'full',
    summary: 'Let simulated time run faster, at its usual pace, or rest',
    input: z.object({ speed: z.number().min(0).max(600).describe('Simulated seconds a second; 0: it rests') }),
    output: done,
    audit: 'demo',
  },
  jump: {
    method: 'POST',
    path: '/demo/jump',
    role: 'full',
    summary: 'Let the town live through some time at once',
    input: z.object({ hours: z.number().positive().max(8784).describe('How far, h') }),
    output: z.object({ now: z.number().describe('Simulated UTC ms') }),
    audit: 'demo',
  },
  town: {
    method: 'GET',
    path: '/demo/town',
    role: 'readonly',
    summary: 'Streets, network and stations of the town',
    input: nothing,
    output: z
      .object({
        name: z.string(),
        about: z.string(),
        source: z.string().describe('Whose map it is and under which licence; empty when nobody’s'),
        zones: z.array(z.object({ id: z.string(), name: z.string() })),
        streets: z.array(z.object({ name: z.string(), line: z.array(place) })),
        plant: z.object({ name: z.string(), place: z.string(), at: place }),
        nodes: z.array(
          z.object({
            id: z.string(),
            parent: z.number().int().describe('Position of the parent in this list; -1: the plant'),
            at: place,
            via: z.array(place),
            length: z.number().describe('Trench, m'),
            diameter: z.number().describe('Inner, m'),
          }),
        ),
        stations: z.array(
          z.object({
            name: z.string(),
            place: z.string(),
            zone: z.string().nullable(),
            at: place,
            node: z.number().int().describe('Position in nodes'),
            device: z.string().nullable().describe('null: not one of the devices'),
            kind: z.enum(buildingKinds),
            seed: z.number().int().describe('Tells houses of a kind apart'),
            profile: z.string(),
            flats: z.number().int(),
          }),
        ),
      })
      .meta({ id: 'Town' }),
  },
  picture: {
    method: 'GET',
    path: '/demo/picture',
    role: 'readonly',
    summary: 'Temperatures, flows and pressures of the town at this moment',
    input: nothing,
    output: pictureSchema,
  },
  faults: {
    method: 'GET',
    path: '/demo/faults',
    role: 'full',
    summary: 'What is broken in the town, and was: the truth',
    input: nothing,
    output: z.object({ faults: z.array(faultSchema) }),
  },
  truth: {
    method: 'GET',
    path: '/demo/faults.csv',
    role: 'full',
    summary: 'The same as a table',
    input: nothing,
    output: z.unknown().meta({ type: 'string', format: 'binary' }),
    file: ['text/csv'],
  },
  strike: {
    method: 'POST',
    path: '/demo/faults',
    role: 'full',
    summary: 'Break something in the town',
    input: z.object({
      kind,
      target: z.string().min(1).max(80).describe('Name of a station, node or zone; plant'),
      params: z.record(z.string(), z.number()).optional(),
      hours: z.number().positive().max(8784).optional().describe('Mends by itself after so many simulated hours'),
    }),
    output: faultSchema,
    audit: 'demo',
  },
  heal: {
    method: 'DELETE',
    path: '/demo/faults/{id}',
    role: 'full',
    summary: 'Mend it',
    input: z.object({ id: z.string() }),
    output: faultSchema,
    audit: 'demo',
  },
})
