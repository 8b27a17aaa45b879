import { z } from 'zod'
import { queryList, queryNumber } from '../contract.ts'
import { units, type Quantity } from '../units.ts'
import { pointSchema } from './point-info.ts'
import { pointRoles } from './profile.ts'

export const mostPointsAsked = 5000

const ids = (most: number) => queryList(z.string().min(1).max(100)).pipe(z.array(z.string()).min(1).max(most))
const filter = {
  search: z
    .string()
    .max(200)
    .optional()
    .describe('Every word stands in the device, its place, its tags, or the name of the point in any language'),
  tag: ids(50).optional().describe('Only devices that carry all of these tags'),
  role: queryList(z.enum(pointRoles)).optional(),
  is: queryList(z.enum(Object.keys(units) as [Quantity, ...Quantity[]])).optional(),
}

/** A point and the device that it belongs to. */
export const ownedPointSchema = z
  .object({ device: z.string(), deviceName: z.string(), place: z.string(), point: pointSchema })
  .meta({ id: 'OwnedPoint' })
export type OwnedPoint = z.infer<typeof ownedPointSchema>

export const pointKindSchema = pointSchema
  .pick({ id: true, title: true, is: true, unit: true, role: true, number: true })
  .extend({ devices: z.number().int().describe('How many devices have it') })
  .meta({ id: 'PointKind' })
export type PointKind = z.infer<typeof pointKindSchema>

export const cellShapeSchema = pointSchema
  .pick({ id: true, title: true, is: true, unit: true, decimals: true, role: true, values: true, off: true, text: true })
  .meta({ id: 'CellShape' })
export type CellShape = z.infer<typeof cellShapeSchema>

export const acrossSchema = z
  .object({
    points: z.array(z.string()).describe('The points asked for, in the order of the columns of each row'),
    shapes: z.array(cellShapeSchema).describe('What the points are, each kind once'),
    rows: z.array(
      z.object({
        device: z.string(),
        series: z.array(z.number().int().nullable()).describe('null: the device does not have the point'),
        shape: z.array(z.number().int()).describe('Place in shapes; -1 where there is no point'),
        value: z.array(z.number().nullable()),
        quality: z.array(z.number().int()).describe('As in history; -1 where nothing was read yet'),
        at: z.array(z.number()).describe('UTC ms; 0 where nothing was read yet'),
      }),
    ),
  })
  .meta({ id: 'PointsAcross' })
export type PointsAcross = z.infer<typeof acrossSchema>

/** Questions about points of many devices at once. */
export const pointQuestions = {
  points: {
    method: 'GET',
    path: '/points',
    role: 'readonly',
    summary: 'Points of all devices, found by words, device, tag, quantity, role, or by their series numbers',
    input: z.object({
      ...filter,
      devices: ids(200).optional().describe('Only these devices'),
      point: ids(100).optional().describe('Point ids such as circuit1.flow: the same point of all devices'),
      series: queryList(queryNumber())
        .pipe(z.array(z.number().int()).min(1).max(800))
        .optional()
        .describe('Exactly these, in this order; those that no device has are left out'),
      limit: queryNumber().pipe(z.number().int().min(1).max(mostPointsAsked)).default(200),
    }),
    output: z.object({ points: z.array(ownedPointSchema), total: z.number().int().describe('How many were found, also beyond the limit') }),
  },
  pointKinds: {
    method: 'GET',
    path: '/points/kinds',
    role: 'readonly',
    summary: 'Every point that any device has, once, with how many devices have it',
    input: z.object(filter),
    output: z.object({ kinds: z.array(pointKindSchema) }),
  },
  pointsAcross: {
    method: 'GET',
    path: '/points/across',
    role: 'readonly',
    summary: 'The same points of all devices side by side, with what was read last',
    input: z.object({ point: ids(40) }),
    output: acrossSchema,
  },
} as const
