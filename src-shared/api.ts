import { acquisition } from './acquisition/contract.ts'
import { alarms } from './alarms/contract.ts'
import { audit } from './audit/contract.ts'
import { backups } from './backups/contract.ts'
import { commissioning } from './commissioning/contract.ts'
import { devices } from './devices/contract.ts'
import { energy } from './energy/contract.ts'
import { history } from './history/contract.ts'
import { ingest } from './ingest/contract.ts'
import { inputs } from './inputs/contract.ts'
import { opcua } from './opcua/contract.ts'
import { overrides } from './overrides/contract.ts'
import { practice } from './practice/contract.ts'
import { presets } from './presets/contract.ts'
import { profiles } from './profiles/contract.ts'
import { meters } from './meters/contract.ts'
import { simulator } from './simulator/contract.ts'
import { system } from './system/contract.ts'
import { users } from './users/contract.ts'
import { virtual } from './virtual/contract.ts'
import type { InputOf, OutputOf } from './contract.ts'

/** The table of operations: everything that a client may ask, by capability and name. */
export const api = {
  system,
  users,
  profiles,
  devices,
  commissioning,
  acquisition,
  meters,
  energy,
  history,
  backups,
  ingest,
  simulator,
  audit,
  overrides,
  inputs,
  virtual,
  opcua,
  presets,
  practice,
  alarms,
} as const

export type Api = typeof api
export type CapabilityName = keyof Api
export type OperationName = { [C in CapabilityName]: `${C}.${keyof Api[C] & string}` }[CapabilityName]
export type OperationAt<N extends OperationName> = N extends `${infer C}.${infer K}`
  ? C extends CapabilityName
    ? K extends keyof Api[C]
      ? Api[C][K]
      : never
    : never
  : never
export type CallInput<N extends OperationName> = InputOf<OperationAt<N>>
export type CallOutput<N extends OperationName> = OutputOf<OperationAt<N>>

export const apiBase = '/api/v1'
export const livePath = '/api/v1/live/socket'
