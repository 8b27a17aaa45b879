import { expect, test } from 'vitest'
import { eventually, listen, newFolder, startControllers, startWorld } from './world.ts'

/** A Hearthgrid with one simulated ECL, whose application leaves the inputs from the seventh on free. */
async function plant() {
  const { ports } = await startControllers()
  const folder = newFolder()
  const world = await startWorld({ folder })
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: ports[0] as number, unit: 1, name: 'One', simulated: true })
  return { ...world, id, folder }
}

const tank = { type: 'voltage', name: 'Tank pressure', quantity: 'pressure', scale: 0.02, offset: -4 } as const

test('a free input becomes a point of its own, is read as one, and stays over a restart', { timeout: 60_000 }, async () => {
  const { call, id, serving, token, stop, folder } = await plant()
  const free = await call('inputs.list', { id })
  expect(free.map(({ input }) => input)).toContain('input7')
  expect(free.map(({ input }) => input)).not.toContain('input3')
  const before = free.find(({ input }) => input === 'input8')
  expect(before).toMatchObject({ number: 10_208, config: null, scale: 0.01, open: [19_200] })

  const made = await call('inputs.configure', { id, input: 'input8', ...tank })
  expect(made).toMatchObject({ input: 'input8', number: 10_208, scale: 0.02, offset: -4, config: tank })
  expect(made.series).not.toBe(before?.series)
  const { points } = await call('devices.get', { id })
  const point = points.find(({ series }) => series === made.series)
  expect(point).toMatchObject({ id: 'input8.own1', title: 'Tank pressure', is: 'pressure', unverified: true, configurable: true })
  expect(points.some((one) => one.id === 'input8')).toBe(false)

  const socket = await listen(serving, token)
  socket.watch([made.series])
  const live = await socket.until(
    (event): event is Extract<typeof event, { event: 'readings' }> => event.event === 'readings' && event.series.includes(made.series),
  )
  const value = live.value[live.series.indexOf(made.series)] as number
  expect((value - tank.offset) / tank.scale).toBeCloseTo(1, 9)

  await stop()
  const again = await startWorld({ folder })
  const kept = await eventually(
    () => again.call('inputs.list', { id }),
    (list) => list.length > 0,
  )
  expect(kept.find(({ input }) => input === 'input8')).toMatchObject({ series: made.series, config: tank })
})

test(
  'another name keeps the series, another meaning begins a new one, and taking it away brings back the input',
  { timeout: 60_000 },
  async () => {
    const { call, id } = await plant()
    const plain = (await call('inputs.list', { id })).find(({ input }) => input === 'input8')
    const made = await call('inputs.configure', { id, input: 'input8', ...tank })
    const renamed = await call('inputs.configure', { id, input: 'input8', ...tank, name: 'Network pressure' })
    expect(renamed).toMatchObject({ series: made.series, config: { name: 'Network pressure' } })
    const contact = await call('inputs.configure', { id, input: 'input8', ...tank, type: 'digital', name: 'Leak' })
    expect(contact.series).not.toBe(made.series)
    expect(contact.config).toMatchObject({ quantity: 'state', scale: 1, offset: 0 })
    expect(await call('inputs.remove', { id, input: 'input8' })).toEqual(plain)
    const entries = (await call('audit.list', {})).entries.filter(({ kind }) => kind === 'input')
    expect(entries.map(({ operation, result, subject }) => [operation, result, subject])).toEqual([
      ['inputs.remove', 'done', id],
      ['inputs.configure', 'done', id],
      ['inputs.configure', 'done', id],
      ['inputs.configure', 'done', id],
    ])
  },
)

test('what the application uses, and a line without a slope, is refused', { timeout: 60_000 }, async () => {
  const { call, id } = await plant()
  await expect(call('inputs.configure', { id, input: 'circuit1.flow', ...tank })).rejects.toMatchObject({ code: 'notFound' })
  await expect(call('inputs.configure', { id, input: 'input3', ...tank })).rejects.toMatchObject({ code: 'notFound' })
  await expect(call('inputs.configure', { id, input: 'input8', ...tank, scale: 0 })).rejects.toMatchObject({ code: 'input.invalid' })
})

test('what one controller has of its own does not change how its twin is read', { timeout: 60_000 }, async () => {
  const { ports } = await startControllers([{}, {}])
  const { call, serving, token } = await startWorld()
  const [one, two] = await Promise.all(
    ports.map((port, i) => call('devices.add', { host: '127.0.0.1', port, unit: 1, name: `Twin ${i}`, simulated: true })),
  )
  if (!one || !two) throw new Error('no twins')
  await Promise.all([
    call('inputs.configure', { id: one.id, input: 'input8', ...tank }),
    call('devices.change', { id: two.id, unit: 1, host: 'localhost' }),
  ])
  const inputs = await Promise.all([one, two].map(({ id }) => call('inputs.list', { id })))
  const [own, plain] = inputs.map((list) => list.find(({ input }) => input === 'input8')?.series as number) as [number, number]
  const socket = await listen(serving, token)
  socket.watch([own, plain])
  const valueOf = async (series: number) => {
    const event = await socket.until(
      (one_): one_ is Extract<typeof one_, { event: 'readings' }> =>
        one_.event === 'readings' && one_.series.includes(series) && one_.value[one_.series.indexOf(series)] !== null,
    )
    return event.value[event.series.indexOf(series)]
  }
  expect(await valueOf(own)).toBeCloseTo(tank.scale + tank.offset, 9)
  expect(await valueOf(plain)).toBe(0.01)
})
