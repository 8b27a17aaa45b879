import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { flatten } from '#shared/devices/flatten.ts'
import { profileSchema } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { usualFormat } from '#shared/ingest/format.ts'
import type { ReadingBatch } from '#shared/reading.ts'
import { Door } from '../ingest/door.ts'
import { documentOf } from '../ingest/mapping.ts'
import { Members } from '../ingest/members.ts'
import { Sieve } from '../ingest/sift.ts'
import { hashOf, newToken } from '../ingest/token.ts'
import { LogFile } from '../log.ts'
import { Plant } from '../plant.ts'
import { addIngest } from './ingest.ts'

const now = 1_800_000_000_000
const token = newToken()
const gateway = { id: 'one', name: 'One', tokenHash: hashOf(token), tokenMadeAt: now, format: usualFormat }

/** The door with one device behind it and a store of the test's own making. */
async function open(store: (batch: ReadingBatch) => Promise<void>) {
  const plant = new Plant()
  const document = documentOf(gateway, 'house', 'House', [
    { key: 'flow', point: 'outdoor', is: 'temperature', role: 'measure', scale: 1, offset: 0 },
  ])
  plant.put({
    id: 'd',
    name: 'House',
    place: '',
    recognised: false,
    simulated: false,
    unserved: [],
    addedAt: now,
    chosen: true,
    tags: [],
    address: { host: 'one', port: 0, unit: 0, way: 'push', member: 'house' },
    profile: flatten('user/one/house', profileSchema.parse(document), new Map()),
    identity: {
      maker: '',
      model: '',
      application: null,
      applicationVersion: null,
      firmware: null,
      hardware: null,
      orderCode: null,
      serial: null,
      production: null,
    },
    series: [7],
    contact: { state: 'waiting', since: now, lastAnswer: null, failure: null },
  })
  const shown: number[] = []
  const door = new Door({
    gateways: new Map([['one', gateway]]),
    members: new Members(plant),
    sieve: new Sieve({ readings: () => Promise.reject(new Error('nothing is stored yet')) } as never, () => ({
      series: new Uint32Array(),
      at: new Float64Array(),
      value: new Float64Array(),
      quality: new Uint8Array(),
    })),
    clock: () => now,
    log: new LogFile(mkdtempSync(join(tmpdir(), 'ingest-')), () => now).scope('ingest'),
    store,
    show: (batch) => shown.push(...batch.value),
    shownAt: () => 0,
    heard: () => undefined,
  })
  const app = fastify()
  await addIngest(app, door)
  onTestFinished(() => app.close())
  const send = async (flow: number) => {
    const { statusCode, headers, body } = await app.inject({
      method: 'POST',
      url: `/api/v1/ingest/one?key=${token}`,
      payload: { device: 'house', flow, timestamp: now / 1000 + flow },
    })
    return { status: statusCode, again: headers['retry-after'], told: JSON.parse(body) as Record<string, unknown> }
  }
  return { send, shown, door }
}

test('nothing is acknowledged or shown before the store has it', async () => {
  let release = () => {}
  const stored = new Promise<void>((resolve) => (release = resolve))
  const { send, shown } = await open(() => stored)
  let answered = false
  const answer = send(20).then((one) => {
    answered = true
    return one
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([answered, shown]).toEqual([false, []])
  release()
  expect((await answer).told).toMatchObject({ stored: 1 })
  expect(shown).toEqual([20])
})

test('while the store takes nothing the gateway is asked to come again, and nothing is shown', async () => {
  let full = true
  const { send, shown, door } = await open(async () => {
    if (full) throw new Failure('busy', { what: 'history' })
  })
  expect(await send(20)).toEqual({ status: 503, again: '30', told: { code: 'busy', params: { what: 'history' } } })
  expect(shown).toEqual([])
  full = false
  expect((await send(20)).status).toBe(200)
  expect(door.traffic('one').requests.map(({ status }) => status)).toEqual([200, 503])
})

test('more requests at once than can wait for each other are asked to come again', async () => {
  let release = () => {}
  const stored = new Promise<void>((resolve) => (release = resolve))
  const { send } = await open(() => stored)
  const statuses: number[] = []
  const waits = new Set<string | undefined>()
  const answers = Array.from({ length: 20 }, async (_, i) => {
    const { status, again } = await send(i)
    statuses.push(status)
    if (status === 503) waits.add(again)
  })
  await expect.poll(() => statuses).toEqual([503, 503, 503, 503])
  expect([...waits]).toEqual(['30'])
  release()
  await Promise.all(answers)
  expect(statuses.filter((status) => status === 200)).toHaveLength(16)
})
