import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { faultKindNames, faultRow } from '#shared/simulator/faults.ts'
import { parseScenario, stationsOf, type Place, type Scenario, type Town } from '#shared/simulator/scenario.ts'
import { Controller } from './image/controller.ts'
import { modelOf } from './image/model.ts'
import { localTime } from './physics/local-time.ts'
import { shippedProfiles } from './testing/demo-town.ts'

const folder = new URL('../../resources/scenarios/', import.meta.url)
const read = (name: string) => parseScenario(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
const scenarios = readdirSync(folder).map((name): [string, Scenario] => [name, read(name)])
const demo = read('demo-town.json')

type Point = readonly [x: number, y: number]
type Segment = readonly [from: Point, to: Point]

/** Metres east and north of the plant. */
function flat(town: Town): (place: Place) => Point {
  const [latitude, longitude] = town.plant.at
  const east = 111_320 * Math.cos((latitude * Math.PI) / 180)
  return (place) => [(place[1] - longitude) * east, (place[0] - latitude) * 111_195]
}

const apart = ([a, b]: Point, [c, d]: Point) => Math.hypot(a - c, b - d)

/** The trench to each node as it lies, from its parent on. */
function trenches(town: Town): Map<string, Segment[]> {
  const at = flat(town)
  const places = new Map([['plant', town.plant.at], ...town.nodes.map((node): [string, Place] => [node.id, node.at])])
  return new Map(
    town.nodes.map((node) => {
      const line = [places.get(node.parent) ?? town.plant.at, ...(node.via ?? []), node.at].map(at)
      return [node.id, line.slice(1).map((to, i): Segment => [line[i] ?? to, to])]
    }),
  )
}

const side = ([[ax, ay], [bx, by]]: Segment, [x, y]: Point) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))
const cross = (a: Segment, b: Segment) => side(a, b[0]) * side(a, b[1]) < 0 && side(b, a[0]) * side(b, a[1]) < 0

describe.each(scenarios)('the scenario %s', (_name, scenario) => {
  const { town, stations } = scenario
  const nowhere: Town = { zones: [], streets: [], plant: { name: '', place: '', at: [0, 0] }, nodes: [] }
  const lengths = [...trenches(town ?? nowhere)].map(([id, line]): [string, number] => [
    id,
    line.reduce((sum, [from, to]) => sum + apart(from, to), 0),
  ])

  test('has controllers that take all of its settings', () => {
    const zone = localTime(scenario.climate.timeZone)
    const physics = { now: 0, state: () => expect.fail('nobody asked'), obey: () => undefined }
    const build = () =>
      stationsOf(scenario, shippedProfiles()).map(
        (station, index) => new Controller({ station, model: modelOf(station.profile), physics, index, zone }),
      )
    expect(build()).toHaveLength(stations.length)
  })

  test('has pipes of 10 to 400 m that do not cross', () => {
    expect(lengths.length).toBeGreaterThan(0)
    expect(lengths.filter(([, length]) => length < 10 || length > 400)).toEqual([])
    const all = [...trenches(town ?? nowhere).values()].flat()
    expect(all.flatMap((a, i) => all.slice(i + 1).filter((b) => cross(a, b)))).toEqual([])
  })

  test('has every station beside its node', () => {
    const at = flat(town ?? nowhere)
    const nodes = new Map(town?.nodes.map((node) => [node.id, node.at]))
    const away = stations.map((station): [string, number] => {
      const node = nodes.get(station.node ?? '')
      return [station.name, node && station.at ? apart(at(node), at(station.at)) : Infinity]
    })
    expect(away.filter(([, distance]) => distance > 80)).toEqual([])
  })

  test('has a station in every zone and behind every end of the network', () => {
    expect(new Set(stations.map(({ zone }) => zone))).toEqual(new Set(town?.zones.map(({ id }) => id)))
    const used = new Set([...stations.map(({ node }) => node), ...(town?.nodes.map(({ parent }) => parent) ?? [])])
    expect(town?.nodes.filter(({ id }) => !used.has(id))).toEqual([])
  })
})

describe('the page about scenario files', () => {
  const page = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8')

  test('has an example that is one', () => {
    const [, example = ''] = page.split('```json\n')
    const scenario = parseScenario(JSON.parse(example.split('```')[0] ?? ''))
    expect(stationsOf(scenario, shippedProfiles())).toHaveLength(2)
  })

  test('tells every key', () => {
    const keys = (at: unknown): string[] =>
      at instanceof Object
        ? Object.entries(at).flatMap(([key, inner]) => [...(key === 'properties' ? Object.keys(Object(inner)) : []), ...keys(inner)])
        : []
    const schema: unknown = JSON.parse(readFileSync(new URL('../schemas/scenario.schema.json', folder), 'utf8'))
    expect(keys(schema).length).toBeGreaterThan(40)
    expect(keys(schema).filter((key) => !page.includes(`\`${key}\``) && !page.includes(`].${key}\``))).toEqual([])
  })

  test.each(faultKindNames)('tells what %s is and what it takes', (kind) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\` | ${faultRow(kind).target}: `))
    for (const [name, { usual }] of Object.entries(faultRow(kind).params))
      expect(row).toContain(`\`${name}\` ${usual.toLocaleString('en-US')} `)
    expect(row).toBeDefined()
  })
})

describe('the demo town', () => {
  const past = demo.pastDays ?? 0
  const standing = (demo.faults ?? []).filter(({ toDay }) => toDay === null)

  test('says whose map it is, and that everything else is made up', () => {
    expect(demo.source).toMatch(/© OpenStreetMap contributors.*ODbL 1\.0/)
    expect(demo.about).toMatch(/made up/)
  })

  test('has addresses in its own streets', () => {
    const streets = new Set(demo.town?.streets.map(({ name }) => name))
    const strange = demo.stations.filter(({ place }) => !streets.has(place.replace(/ \d+$/, '')))
    expect(strange.map(({ place }) => place)).toEqual([])
  })

  test('has 24 to 40 stations with all kinds of controllers, meters on a line, and some behind OPC UA', () => {
    expect(demo.stations.length).toBeGreaterThanOrEqual(24)
    expect(demo.stations.length).toBeLessThanOrEqual(40)
    const families = new Set(demo.stations.map(({ profile }) => profile.replace(/^(danfoss\/ecl\d+|samson\/trovis).*/, '$1')))
    expect(families).toEqual(new Set(['danfoss/ecl310', 'danfoss/ecl220', 'samson/trovis']))
    expect(demo.opcua).toHaveLength(2)
    expect(demo.meters?.filter(({ station }) => station).length).toBeGreaterThan(3)
  })

  test('has a past with faults that came and went within it', () => {
    expect(past).toBe(400)
    expect(demo.faults?.filter(({ fromDay }) => fromDay < -past || fromDay >= 0)).toEqual([])
  })

  test('is healthy in three stations of five today', () => {
    const ill = new Set(standing.map(({ target }) => target))
    expect(ill.size / demo.stations.length).toBeGreaterThan(0.3)
    expect(ill.size / demo.stations.length).toBeLessThanOrEqual(0.45)
    expect(standing.every(({ kind }) => kind !== 'offline' && kind !== 'gatewayNoAnswer')).toBe(true)
  })
})
