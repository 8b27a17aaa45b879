import { z } from 'zod'
import { writeOutcomes } from '../acquisition/port.ts'
import { contract, done, nothing } from '../contract.ts'
import { pointSchema } from '../devices/contract.ts'
import { writeLevels } from '../devices/profile.ts'

/** `manual`: manual mode. `output`: an output forced to a state. `mode`: a circuit kept in one mode instead of its own programme. */
export const overrideKinds = ['manual', 'output', 'mode'] as const
export type OverrideKind = (typeof overrideKinds)[number]

const shownPoint = pointSchema.pick({
  id: true,
  series: true,
  number: true,
  is: true,
  unit: true,
  decimals: true,
  title: true,
  values: true,
  off: true,
})

export const overrideSchema = z
  .object({
    device: z.string(),
    name: z.string().describe('Of the device'),
    point: shownPoint,
    kind: z.enum(overrideKinds),
    value: z.number(),
    automatic: z.number().describe('The value that gives it back to the controller'),
    since: z.number().describe('UTC ms since when it is known to stand'),
    by: z.string().nullable().describe('Who set it from here; null: set at the device, or before Hearthgrid knew it'),
    present: z.boolean().describe('false: there is no contact, and this is what was read last'),
    needs: z.enum(writeLevels).nullable().describe('The role that may release it; null: only at the device'),
  })
  .meta({ id: 'Override' })
export type Override = z.infer<typeof overrideSchema>

export const leaseStates = ['starting', 'active', 'returning', 'ended'] as const

/** Why a lease came to its end. */
export const leaseReasons = ['released', 'expired', 'conflict', 'refused', 'different', 'notTaken', 'removed'] as const
export type LeaseReason = (typeof leaseReasons)[number]

export const leaseSchema = z
  .object({
    id: z.string(),
    device: z.string(),
    name: z.string().describe('Of the device'),
    point: shownPoint.nullable().describe('null: the device is gone'),
    pointId: z.string(),
    value: z.number(),
    fallback: z.number().describe('What is written when the lease ends'),
    lifetimeS: z.number(),
    owner: z.string().describe('Who or what it was taken for'),
    actor: z.string(),
    state: z.enum(leaseStates).describe('returning: the fallback is to be written and is not there yet, such as while there is no contact'),
    reason: z.enum(leaseReasons).nullable(),
    outcome: z.enum(writeOutcomes).nullable().describe('Of the last write'),
    found: z.number().nullable().describe('What the device held instead, where that ended the lease'),
    attempts: z.number().int().describe('Writes of the fallback so far'),
    createdAt: z.number(),
    expiresAt: z.number().describe('UTC ms; each renewal moves it on'),
    endedAt: z.number().nullable(),
  })
  .meta({ id: 'Lease' })
export type Lease = z.infer<typeof leaseSchema>

const id = z.string().min(1).max(64)

const releaseSchema = z
  .object({
    state: z.enum(['running', 'done', 'cancelled']),
    done: z.number().int(),
    total: z.number().int(),
    results: z.array(
      z.object({
        device: z.string(),
        name: z.string(),
        point: z.string(),
        outcome: z.enum(writeOutcomes).nullable().describe('null: nothing was sent'),
        failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Release' })
export type Release = z.infer<typeof releaseSchema>

export const overrides = contract({
  list: {
    method: 'GET',
    path: '/overrides',
    role: 'readonly',
    summary: 'Every point of every device that is not on automatic now, who set it and since when',
    input: nothing,
    output: z.array(overrideSchema),
  },
  release: {
    method: 'POST',
    path: '/overrides/release',
    role: 'basic',
    summary: 'Give points back to their controllers, one truthful write each; the work goes on after the answer',
    input: z.object({
      points: z
        .array(z.object({ device: id, point: z.string().min(1).max(100), value: z.number().describe('The value that was seen') }))
        .min(1)
        .max(10_000),
    }),
    output: releaseSchema,
    audit: 'override',
  },
  releaseStatus: {
    method: 'GET',
    path: '/overrides/release',
    role: 'readonly',
    summary: 'How far the last release is, and its result for each point',
    input: nothing,
    output: z.object({ release: releaseSchema.nullable() }),
  },
  cancelRelease: {
    method: 'DELETE',
    path: '/overrides/release',
    role: 'basic',
    summary: 'Leave the points that have not been released yet as they are',
    input: nothing,
    output: done,
    audit: 'override',
  },
  leases: {
    method: 'GET',
    path: '/leases',
    role: 'readonly',
    summary: 'Values lent for a time: those that run, and the last hundred that ended',
    input: nothing,
    output: z.array(leaseSchema),
  },
  lease: {
    method: 'POST',
    path: '/leases',
    role: 'basic',
    summary: 'Write a value for a limited time; without renewal the fallback is written back. Needs the role that the point names',
    input: z.object({
      device: id,
      point: z.string().min(1).max(100),
      value: z.number(),
      fallback: z.number().describe('Written when the lease ends; must lie in the range of the point'),
      lifetimeS: z.number().int().min(10).max(604_800),
      expect: z.number().nullable().describe('As for a write: the value that was seen before'),
      confirm: z.boolean().default(false).describe('The warnings of the point have been read'),
      owner: z.string().trim().min(1).max(80).describe('Who or what it is for, such as the name of a data transfer'),
    }),
    output: leaseSchema,
    audit: 'lease',
  },
  renew: {
    method: 'POST',
    path: '/leases/{id}/renew',
    role: 'basic',
    summary: 'Let a lease run for its whole lifetime again from now on; only by whoever took it',
    input: z.object({ id }),
    output: leaseSchema,
  },
  endLease: {
    method: 'DELETE',
    path: '/leases/{id}',
    role: 'basic',
    summary: 'Write the fallback now; while there is no contact it is done at the first one',
    input: z.object({ id }),
    output: leaseSchema,
    audit: 'lease',
  },
})
