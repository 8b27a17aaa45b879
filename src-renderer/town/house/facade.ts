import type { BuildingKind } from '#shared/simulator/scenario.ts'
import { chanceOf, pick } from './chance.ts'

export type Roof = 'gable' | 'hip' | 'flat' | 'saw' | 'arch'

/** What a house looks like from the street, in units of its drawing: 320 wide, ground at 172. */
export type Facade = {
  left: number
  width: number
  /** Upper edge of the wall. */
  top: number
  ground: number
  storeys: number
  columns: number
  roof: Roof
  roofHeight: number
  wall: string
  trim: string
  roofColor: string
  door: 'single' | 'wide' | 'glass'
  balconies: boolean
  chimneys: number
  /** A sign that tells the kind. */
  sign: 'clock' | 'cross' | 'bed' | 'wave' | 'ball' | null
  /** From 0 to 1 for each window: lit at night where it is under the share of lit ones. */
  lamps: number[]
  trees: { x: number; size: number }[]
}

const groundAt = 172
const walls = ['#d9b48f', '#c98d6b', '#e6d7bd', '#b9c3c1', '#a9543f', '#dcc9a3', '#8f9fa8', '#e9e2d6'] as const
const roofs = ['#7c3f35', '#57504c', '#3f474d', '#8a5a43'] as const

/** The same house for the same kind, flats and seed. */
export function facadeOf(kind: BuildingKind, flats: number, seed: number): Facade {
  const chance = chanceOf(seed)
  const shape = shapeOf(kind, Math.max(1, flats), chance())
  const width = Math.min(252, shape.columns * shape.column + 16)
  const windows = shape.storeys * shape.columns
  const left = 160 - width / 2
  return {
    left,
    width,
    top: groundAt - shape.storeys * shape.storey,
    ground: groundAt,
    storeys: shape.storeys,
    columns: shape.columns,
    roof: shape.roof,
    roofHeight: shape.roofHeight,
    wall: shape.wall ?? pick(walls, chance()),
    trim: pick(['#f4f1ea', '#e4ded2', '#ffffff'], chance()),
    roofColor: pick(roofs, chance()),
    door: shape.door,
    balconies: shape.balconies,
    chimneys: shape.roof === 'flat' || shape.roof === 'arch' ? 0 : 1 + Math.floor(chance() * 2),
    sign: shape.sign,
    lamps: Array.from({ length: windows }, chance),
    trees: treesBeside(left, left + width, chance),
  }
}

type Shape = Pick<Facade, 'storeys' | 'columns' | 'roof' | 'roofHeight' | 'door' | 'balconies' | 'sign'> & {
  storey: number
  column: number
  wall?: string
}

function shapeOf(kind: BuildingKind, flats: number, chance: number): Shape {
  const plain = { storey: 24, column: 26, roofHeight: 0, balconies: false, sign: null } as const
  switch (kind) {
    case 'dwelling':
      return dwelling(flats, chance)
    case 'school':
      return { ...plain, storeys: 2, columns: 8, roof: 'hip', roofHeight: 26, storey: 30, door: 'wide', sign: 'clock', wall: '#b5654a' }
    case 'office':
      return {
        ...plain,
        storeys: 4 + Math.round(chance),
        columns: 8,
        roof: 'flat',
        roofHeight: 5,
        storey: 23,
        door: 'glass',
        wall: '#8fa3ad',
      }
    case 'care':
      return { ...plain, storeys: 3, columns: 7, roof: 'hip', roofHeight: 22, balconies: true, door: 'wide', sign: 'cross' }
    case 'hall':
      return {
        ...plain,
        storeys: 1,
        columns: 6,
        roof: 'arch',
        roofHeight: 34,
        storey: 46,
        column: 36,
        door: 'wide',
        sign: 'ball',
        wall: '#c9ccc6',
      }
    case 'hotel':
      return { ...plain, storeys: 5, columns: 6, roof: 'flat', roofHeight: 7, storey: 22, door: 'glass', sign: 'bed' }
    case 'bath':
      return {
        ...plain,
        storeys: 1,
        columns: 7,
        roof: 'saw',
        roofHeight: 22,
        storey: 52,
        column: 32,
        door: 'glass',
        sign: 'wave',
        wall: '#dfe8ea',
      }
  }
}

function dwelling(flats: number, chance: number): Shape {
  const roof: Roof = chance < 0.5 ? 'gable' : 'hip'
  const plain = { door: 'single', sign: null, balconies: false } as const
  if (flats <= 2)
    return { ...plain, storeys: 1 + Number(flats > 1 || chance > 0.6), columns: 4, roof: 'gable', roofHeight: 34, storey: 29, column: 28 }
  if (flats <= 8) return { ...plain, storeys: 2 + Number(flats > 5), columns: 5, roof, roofHeight: 28, storey: 26, column: 28 }
  if (flats <= 24)
    return { ...plain, storeys: 3 + Number(flats > 14), columns: 7, roof, roofHeight: 22, storey: 23, column: 28, balconies: chance > 0.5 }
  const storeys = Math.min(6, 4 + Math.floor(flats / 30))
  return { ...plain, storeys, columns: 8, roof: 'flat', roofHeight: 5, storey: 126 / 6 + (6 - storeys), column: 29, balconies: true }
}

function treesBeside(left: number, right: number, chance: () => number): Facade['trees'] {
  const sides = [left - 22 - chance() * 14, right + 22 + chance() * 14]
  return sides.filter(() => chance() > 0.25).map((x) => ({ x, size: 13 + chance() * 9 }))
}
