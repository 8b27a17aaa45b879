import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import type { Failure } from '#shared/failures.ts'
import type { ReadingBatch } from '#shared/reading.ts'
import { eventually, startWorld } from './world.ts'

const start = Date.UTC(2026, 0, 1)
const samples = 400_000

/** A Hearthgrid with many samples of one series, one each 10 s. */
async function stocked() {
  const world = await startWorld()
  const batch: ReadingBatch = {
    series: new Uint32Array(samples).fill(7),
    at: Float64Array.from({ length: samples }, (_, i) => start + i * 10_000),
    value: Float64Array.from({ length: samples }, (_, i) => i),
    quality: new Uint8Array(samples),
  }
  await world.serving.host.workers.history.call.append(batch)
  const asked = `series=7&from=${start}&to=${start + samples * 10_000}`
  const ask = (path: string) => {
    const request = get(`${world.serving.url}${apiBase}/history/${path}`, { headers: { authorization: `Bearer ${world.token}` } })
    request.on('error', () => undefined)
    return request
  }
  return { ...world, ask, asked }
}

/** How each run of an operation ended: with a failure's code, or done. */
function endsOf(world: Awaited<ReturnType<typeof stocked>>, name: string) {
  const registered = world.serving.host.table.get(name)
  if (!registered) throw new Error(`no operation ${name}`)
  const ends: string[] = []
  const own = registered.handler
  let begun = () => undefined as void
  const beginning = new Promise<void>((resolve) => (begun = resolve))
  registered.handler = async (input, context) => {
    begun()
    try {
      const answer = await own(input, context)
      ends.push('done')
      return answer
    } catch (error) {
      ends.push((error as Failure).code)
      throw error
    }
  }
  return { ends, beginning }
}

test.each([
  ['history.chart', 'chart?width=2000&'],
  ['history.table', 'table?limit=10000&step=day&figures=delta&'],
  ['history.gaps', 'gaps?'],
])('%s ends when the one who asked closes the connection', async (name, path) => {
  const world = await stocked()
  const { ends, beginning } = endsOf(world, name)
  const request = world.ask(path + world.asked)
  await beginning
  request.destroy()
  await eventually(
    () => ends,
    (all) => all.length > 0,
  )
  expect(ends).toEqual(['cancelled'])
  const patient = world.ask(path + world.asked)
  const [answer] = (await once(patient, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(200)
  answer.resume()
  await once(answer, 'end')
  expect(ends).toEqual(['cancelled', 'done'])
})

test.each(['csv', 'xlsx'])(
  'a file (%s) that nobody takes is not read to its end, and its reading ends with the connection',
  async (format) => {
    const world = await stocked()
    const told: { state: string; done: number; total: number }[] = []
    world.serving.host.events.subscribe((event) => {
      if (event.event === 'jobs' && event.job === 'history.export.left') told.push(event)
    })
    const request = world.ask(`export?format=${format}&job=left&${world.asked}`)
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    await once(answer, 'readable')
    answer.read(1)
    request.destroy()
    await eventually(
      () => told,
      (all) => all.some(({ state }) => state !== 'running'),
    )
    const last = told.at(-1)
    expect(last?.state).toBe('cancelled')
    expect(last?.done).toBeLessThan(last?.total ?? 0)
  },
)
