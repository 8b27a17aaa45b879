import { z } from 'zod'

const plantSchema = z.object({
  power: z.number().describe('Heat given to the network, kW'),
  supply: z.number(),
  wanted: z.number().describe('What the supply shall be, °C'),
  return: z.number(),
  flow: z.number().describe('kg/s'),
  head: z.number().describe('Difference of pressure that the pumps make, bar'),
  pumpPower: z.number().describe('kW, electric'),
  pumpRuns: z.boolean(),
  makeUp: z.number().describe('Water that has to be made up, kg/s'),
  losses: z.number().describe('Of all pipes, kW'),
  lowest: z.number().describe('bar at the station that has least'),
})
export type PlantPicture = z.infer<typeof plantSchema>

const pipeSchema = z.object({
  flow: z.number().describe('kg/s'),
  supply: z.number().describe('At the far end, °C'),
  return: z.number(),
  dp: z.number().describe('Between supply and return there, bar'),
  leak: z.number().describe('kg/s'),
})

const stationSchema = z.object({
  power: z.number().describe('Heat taken from the network, kW'),
  flow: z.number().describe('Primary, kg/s'),
  supply: z.number(),
  return: z.number().describe('Primary, as mixed by heating and hot water, °C'),
  dp: z.number().describe('bar'),
  room: z.number(),
  heatingFlow: z.number(),
  waterFlow: z.number(),
})
export type StationPicture = z.infer<typeof stationSchema>

/** The town at one moment: what a page draws. Stations are in the order of the scenario; each pipe belongs to the node at its far end. */
export const pictureSchema = z
  .object({
    at: z.number().describe('Simulated UTC ms'),
    speed: z.number(),
    outdoor: z.number(),
    sun: z.number().describe('Global radiation on a level plane, W/m²'),
    ground: z.number(),
    plant: plantSchema,
    pipes: z.array(pipeSchema),
    stations: z.array(stationSchema),
  })
  .meta({ id: 'TownPicture' })
export type Picture = z.infer<typeof pictureSchema>
