import { expect, test } from 'vitest'
import type { AcquisitionPort } from '#shared/acquisition/port.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Host } from '../capability.ts'
import { Plant } from '../plant.ts'
import { createAcquisition } from './operations.ts'

test('what rules look at is told when it changes, and again to a thread that begins anew', async () => {
  const told: [string, number[]][] = []
  const listen = (name: string) => (input: { series: number[] }) => {
    told.push([name, input.series])
    return Promise.resolve()
  }
  const call = { watch: listen('watch'), guard: listen('guard') } as unknown as Remote<AcquisitionPort>
  const log = { for: () => ({ info: () => undefined, warn: () => undefined, error: () => undefined }) }
  const host = { plant: new Plant(), profiles: [], workers: { acquisition: { call } }, log } as unknown as Host
  const acquisition = createAcquisition(
    host,
    () => undefined,
    () => new Map(),
  )
  acquisition.guard(new Set([3, 4]))
  acquisition.guard(new Set([4, 3]))
  acquisition.guard(new Set([4, 5]))
  expect(told).toEqual([
    ['guard', [3, 4]],
    ['guard', [4, 5]],
  ])
  told.length = 0
  await acquisition.begin(call)
  expect(told).toEqual([
    ['watch', []],
    ['guard', [4, 5]],
  ])
  acquisition.guard(new Set())
  expect(told.at(-1)).toEqual(['guard', []])
})
