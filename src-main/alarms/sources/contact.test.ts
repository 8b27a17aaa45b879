import { describe, expect, test } from 'vitest'
import { keyOf } from '#shared/alarms/condition-key.ts'
import { ruleContentSchema, type Rule } from '#shared/alarms/rule.ts'
import type { Address, Spare } from '#shared/acquisition/port.ts'
import type { Contact } from '#shared/devices/contract.ts'
import { Plant, type PlantDevice } from '../../plant.ts'
import type { SourcePlace } from '../source.ts'
import { createContactSource } from './contact.ts'

const noon = Date.UTC(2026, 9, 5, 12)
const second = 1000
const minute = 60 * second

const rule: Rule = {
  ...ruleContentSchema.parse({
    name: 'Offline',
    description: '',
    enabled: true,
    priority: 'low',
    scope: { by: 'all' },
    test: { kind: 'offline' },
    while: [],
    onDelayS: 1200,
    offDelayS: 60,
    latched: false,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: null,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
  }),
  id: 'r',
  version: 1,
  library: null,
  createdAt: 0,
  changedAt: 0,
  changedBy: '',
  removedAt: null,
}

const profile = { id: 'made/one', points: [], limits: {}, protocol: 'modbus' } as unknown as PlantDevice['profile']

function device(id: string, address: Partial<Address>, spare?: Spare): PlantDevice {
  return {
    id,
    name: `Device ${id}`,
    place: '',
    address: { host: '10.0.0.1', port: 502, unit: 1, ...address },
    profile,
    recognised: true,
    chosen: false,
    tags: [],
    simulated: false,
    identity: {} as PlantDevice['identity'],
    series: [],
    unserved: [],
    addedAt: noon,
    spare,
    contact: { state: 'waiting', since: noon, lastAnswer: null, failure: null },
  }
}

/** A plant whose contacts the test sets, and what the source has said of each condition, by device or part. */
function world(devices: PlantDevice[], scope = devices) {
  const plant = new Plant()
  for (const one of devices) plant.put(one)
  const source = createContactSource({ plant }, 'office')
  const places = () => source.places(rule, scope)
  const said = new Map<string, { verdict: string; at: number }>()
  const parents = new Map<string, string | null>()
  const order: string[] = []
  const nameOf = (key: string) => key.split('|')[1] || key.split('|')[3] || ''
  const settle = () => source.settle(new Map(places().map((place: SourcePlace) => [keyOf(place), { place, rule }])))
  const set = (ids: string[], state: Contact['state'], at: number, code = 'device.silent') => {
    for (const id of ids) {
      const one = plant.get(id)
      if (!one) throw new Error(id)
      const { contact } = one
      const isNew = contact.state !== state
      const failure = state === 'offline' ? { code, params: {} } : null
      one.contact = { state, since: isNew ? at : contact.since, lastAnswer: state === 'online' ? at : contact.lastAnswer, failure }
    }
  }
  const look = async (at: number) => {
    order.length = 0
    await source.look(at, {
      verdict(key, verdict, when) {
        said.set(nameOf(key), { verdict, at: when })
        order.push(nameOf(key))
      },
      beneath: (key, parent) => parents.set(nameOf(key), parent && nameOf(parent)),
    })
  }
  /** Every second up to `to`. */
  const pass = async (from: number, to: number) => {
    for (let at = from; at <= to; at += second) await look(at)
  }
  const verdicts = (ids: string[]) => ids.map((id) => said.get(id)?.verdict)
  const beyond = () => [...said].filter(([, { verdict }]) => verdict === 'beyond').map(([name]) => name)
  /** What stands for itself: beyond, and nothing above it is. */
  const top = () => {
    const all = new Set(beyond())
    return [...all].filter((name) => !all.has(parents.get(name) ?? ''))
  }
  settle()
  return { plant, source, places, settle, set, look, pass, said, parents, order, verdicts, beyond, top }
}

const five = () => [1, 2, 3, 4, 5].map((unit) => device(`u${unit}`, { unit }))
const ids = ['u1', 'u2', 'u3', 'u4', 'u5']
const line = 'line:10.0.0.1:502'

describe('places', () => {
  test('are each device, lines with several, gateways with several lines, servers, and the network of many', () => {
    const devices = [
      ...five(),
      device('c1', { host: 'Conv', port: 4001, way: 'mbus-tcp' }),
      device('c2', { host: 'conv', port: 4002, way: 'mbus-tcp', unit: 2 }),
      device('c3', { host: 'conv', port: 4002, way: 'mbus-tcp', unit: 3 }),
      device('s1', { host: '/dev/ttyUSB0', port: 0, way: 'modbus-serial' }),
      device('s2', { host: '/dev/ttyUSB0', port: 0, way: 'modbus-serial', unit: 2 }),
      device('o1', { host: '10.0.0.9', port: 4840, way: 'opcua', member: 'a' }),
      device('o2', { host: '10.0.0.9', port: 4840, way: 'opcua', member: 'b' }),
      device('g1', { host: 'gate|way', port: 0, way: 'push', member: 'a' }),
      device('g2', { host: 'gate|way', port: 0, way: 'push', member: 'b' }),
      device('alone', { host: '10.0.0.7' }),
      device('sum', { way: 'calculated' }),
    ]
    const { places, parents, look } = world(devices)
    const parts = places()
      .filter((place) => place.device === '')
      .map((place) => place.part)
    expect(parts.toSorted()).toEqual([
      'gateway:10.0.0.9:4840',
      'gateway:conv',
      'gateway:gate/way',
      'line:/dev/ttyUSB0',
      line,
      'line:conv:4002',
      'network',
    ])
    expect(places().some((place) => place.device === 'sum')).toBe(false)
    expect(places().find((place) => place.part === 'network')).toMatchObject({ name: 'office' })
    void look(noon)
    expect(Object.fromEntries(parents)).toMatchObject({
      u1: line,
      c1: 'gateway:conv',
      c2: 'line:conv:4002',
      'line:conv:4002': 'gateway:conv',
      'gateway:conv': 'network',
      s1: 'line:/dev/ttyUSB0',
      'line:/dev/ttyUSB0': null,
      o2: 'gateway:10.0.0.9:4840',
      g1: 'gateway:gate/way',
      alone: 'network',
      network: null,
    })
  })

  test('have lines only where the rule has at least two devices of it, and no gateway that is the same as its line', () => {
    const devices = [...five(), device('x1', { port: 503 }), device('x2', { port: 503, unit: 2 })]
    const parts = (of: string[]) => {
      const scope = devices.filter(({ id }) => of.includes(id))
      return world(devices, scope)
        .places()
        .map((place) => place.device || place.part)
    }
    expect(parts(['u1'])).toEqual(['u1'])
    expect(parts(['u1', 'u2'])).toEqual(['u1', 'u2', line])
    expect(parts(['u1', 'x1'])).toEqual(['u1', 'x1', 'gateway:10.0.0.1'])
  })
})

describe('one dead unit', () => {
  test('is one alarm of the device, once the others have been heard since', async () => {
    const { set, look, said, top, verdicts } = world(five())
    set(ids, 'online', noon)
    await look(noon + second)
    expect(verdicts([...ids, line])).toEqual(['within', 'within', 'within', 'within', 'within', 'within'])
    set(['u3'], 'offline', noon + 10 * second)
    await look(noon + 11 * second)
    expect(top()).toEqual([])
    set(['u1', 'u2', 'u4'], 'online', noon + 20 * second)
    await look(noon + 21 * second)
    expect(top()).toEqual([])
    set(['u5'], 'online', noon + 22 * second)
    await look(noon + 23 * second)
    expect(top()).toEqual(['u3'])
    expect(said.get('u3')).toEqual({ verdict: 'beyond', at: noon + 10 * second })
    expect(said.get(line)?.verdict).toBe('within')
  })

  test('is not waited for for ever where the others are read seldom', async () => {
    const { set, look, top } = world(five())
    set(ids, 'online', noon)
    set(['u3'], 'offline', noon + 10 * second)
    await look(noon + 84 * second)
    expect(top()).toEqual([])
    await look(noon + 85 * second)
    expect(top()).toEqual(['u3'])
  })
})

describe('a line of five', () => {
  test('that is lost unit by unit is one alarm, and none of its units stood alone at any time', async () => {
    const { set, pass, top, beyond, said, parents } = world(five())
    set(ids, 'online', noon)
    const tops: string[][] = []
    for (const [i, id] of ids.entries()) {
      set([id], 'offline', noon + (10 + i * 8) * second)
      await pass(noon + (10 + i * 8) * second, noon + (17 + i * 8) * second)
      tops.push(top())
    }
    expect(tops).toEqual([[], [], [], [], [line]])
    expect(beyond().toSorted()).toEqual([line, ...ids].toSorted())
    expect(ids.map((id) => parents.get(id))).toEqual(ids.map(() => line))
    expect(said.get(line)).toEqual({ verdict: 'beyond', at: noon + 42 * second })
    expect(said.get('u1')).toEqual({ verdict: 'beyond', at: noon + 10 * second })
  })

  test('stands for its units until all are back, and clears after them', async () => {
    const { set, look, pass, top, order, said, beyond } = world(five())
    set(ids, 'online', noon)
    set(ids, 'offline', noon + 10 * second, 'device.refused')
    await look(noon + 11 * second)
    expect(top()).toEqual([line])
    expect(order[0]).toBe(line)
    set(['u2'], 'online', noon + 10 * minute)
    await pass(noon + 10 * minute, noon + 10 * minute + 40 * second)
    expect(said.get('u2')?.verdict).toBe('within')
    expect(top()).toEqual([line])
    set(['u1', 'u3', 'u4', 'u5'], 'online', noon + 11 * minute)
    await look(noon + 11 * minute)
    expect(beyond()).toEqual([line])
    await look(noon + 11 * minute + second)
    expect(beyond()).toEqual([])
    expect(said.get(line)).toEqual({ verdict: 'within', at: noon + 11 * minute + second })
  })

  test('of which one stays away is back after two tries, and the one stands for itself', async () => {
    const { set, look, pass, top, said } = world(five())
    set(ids, 'online', noon)
    set(ids, 'offline', noon + 10 * second)
    await look(noon + 11 * second)
    set(['u1', 'u2', 'u3', 'u4'], 'online', noon + 10 * minute)
    await pass(noon + 10 * minute, noon + 12 * minute)
    expect(top()).toEqual([line])
    await pass(noon + 12 * minute, noon + 13 * minute)
    expect(top()).toEqual(['u5'])
    expect(said.get('u5')).toEqual({ verdict: 'beyond', at: noon + 10 * second })
  })

  test('that comes and goes again at once stays lost', async () => {
    const { set, look, pass, top } = world(five())
    set(ids, 'online', noon)
    set(ids, 'offline', noon + 10 * second)
    await look(noon + 11 * second)
    set(['u1'], 'online', noon + minute)
    await pass(noon + minute, noon + minute + 10 * second)
    set(['u1'], 'offline', noon + minute + 11 * second)
    await pass(noon + minute + 11 * second, noon + 10 * minute)
    expect(top()).toEqual([line])
  })

  test('is told again as it stands when rules have changed', async () => {
    const { set, look, settle, said, top } = world(five())
    set(ids, 'online', noon)
    set(ids, 'offline', noon + 10 * second)
    await look(noon + 11 * second)
    said.clear()
    await look(noon + 12 * second)
    expect(said.size).toBe(0)
    settle()
    await look(noon + 13 * second)
    expect(top()).toEqual([line])
    expect(said.size).toBe(6)
  })

  test('whose state is not known yet says nothing', async () => {
    const { look, verdicts, set, top } = world(five())
    await look(noon + minute)
    expect(verdicts([...ids, line])).toEqual(Array(6).fill('unknown'))
    set(['u1', 'u2'], 'offline', noon + minute)
    await look(noon + minute + second)
    expect(verdicts([line])).toEqual(['unknown'])
    set(['u3', 'u4', 'u5'], 'online', noon + minute + 2 * second)
    await look(noon + minute + 3 * second)
    expect(top()).toEqual(['u1', 'u2'])
  })
})

describe('a device that was never heard', () => {
  test('is out of contact after a quarter of an hour, one that rests after its rest', async () => {
    const spare = { watchMs: minute, restMs: 60 * minute, lastRead: null }
    const { look, verdicts, said } = world([device('a', {}), device('b', { host: '10.0.0.2' }, spare)])
    await look(noon + 14 * minute)
    expect(verdicts(['a', 'b'])).toEqual(['unknown', 'unknown'])
    await look(noon + 16 * minute)
    expect(verdicts(['a', 'b'])).toEqual(['beyond', 'unknown'])
    expect(said.get('a')?.at).toBe(noon)
    await look(noon + 76 * minute)
    expect(verdicts(['b'])).toEqual(['beyond'])
  })
})

describe('a line of meters that are read once a day', () => {
  const resting = () =>
    ids.map((id, i) => device(id, { unit: i, way: 'mbus-tcp' }, { watchMs: minute, restMs: 24 * 60 * minute, lastRead: null }))

  test('is lost when the connection itself is, and not when two of them are silent', async () => {
    const one = world(resting())
    one.set(ids, 'online', noon)
    one.set(['u1', 'u2'], 'offline', noon + 10 * minute, 'device.silent')
    await one.look(noon + 12 * minute)
    expect(one.top()).toEqual(['u1', 'u2'])
    const other = world(resting())
    other.set(ids, 'online', noon)
    other.set(['u1', 'u2'], 'offline', noon + 10 * minute, 'device.unreachable')
    await other.look(noon + 12 * minute)
    expect(other.top()).toEqual([line])
  })
})

describe('a thousand devices', () => {
  const thousand = () =>
    Array.from({ length: 1000 }, (_, i) => device(`d${i}`, { host: `10.1.${(i >> 3) >> 3}.${(i >> 2) & 255}`, unit: (i & 3) + 1 }))
  const names = Array.from({ length: 1000 }, (_, i) => `d${i}`)

  test('that are lost within a minute are one alarm at all times, and none is left when they come back within a minute', async () => {
    const { set, pass, look, top, beyond, verdicts } = world(thousand())
    set(names, 'online', noon)
    await look(noon)
    const tops = new Set<string>()
    for (let s = 0; s < 60; s++) {
      const at = noon + minute + s * second
      set(
        names.filter((_, i) => i % 60 === s),
        'offline',
        at,
      )
      await look(at)
      for (const name of top()) tops.add(name)
    }
    await pass(noon + 2 * minute, noon + 4 * minute)
    for (const name of top()) tops.add(name)
    expect([...tops]).toEqual(['network'])
    expect(verdicts(names)).toEqual(names.map(() => 'beyond'))
    for (let s = 0; s < 60; s++) {
      const at = noon + 10 * minute + s * second
      set(
        names.filter((_, i) => i % 60 === s),
        'online',
        at,
      )
      await look(at)
      for (const name of top()) tops.add(name)
    }
    expect([...tops]).toEqual(['network'])
    await look(noon + 11 * minute)
    await look(noon + 11 * minute + second)
    expect(beyond()).toEqual([])
  })

  test('of which a third is lost are alarms of the lines that are lost', async () => {
    const { set, look, top } = world(thousand())
    set(names, 'online', noon)
    await look(noon)
    set(names.slice(0, 332), 'offline', noon + minute)
    set(names.slice(332), 'online', noon + minute + second)
    await look(noon + minute + 2 * second)
    expect(top().every((name) => name.startsWith('line:') || name.startsWith('gateway:'))).toBe(true)
    expect(top()).toHaveLength(83)
  })
})
