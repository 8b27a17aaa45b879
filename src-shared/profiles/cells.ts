import { encodings, textForms } from '../devices/encoding.ts'
import { partSchema, pointRoles, warnings, writeLevels, type ProfilePoint } from '../devices/profile.ts'
import { units, type Quantity } from '../units.ts'
import { flag, list, number, oneOf, pairs, whole, words, type FaultKind, type Read } from './cell.ts'

/** The columns of a table of points, in the order of the CSV file; docs/manual/point-editor.md explains each. */
export const columns = [
  'id',
  'title',
  'number',
  'area',
  'type',
  'order',
  'bit',
  'bits',
  'scale',
  'offset',
  'quantity',
  'role',
  'values',
  'faults',
  'off',
  'min',
  'max',
  'step',
  'only',
  'level',
  'warn',
  'often',
  'factory',
  'automatic',
  'claim',
  'text',
  'factors',
  'configurable',
  'unverified',
] as const
export type Column = (typeof columns)[number]

/** One point as text, as somebody types it or a CSV file holds it. */
export type Cells = Record<Column, string>

export type CellFault = { column: Column; fault: FaultKind; told?: string | undefined }

export const areas = ['holding', 'input', 'coil', 'discrete'] as const
export const orders = ['high', 'low'] as const
export const quantities = Object.keys(units) as [Quantity, ...Quantity[]]

export const emptyCells = Object.fromEntries(columns.map((column) => [column, ''])) as Cells

/** A point as a row of text. What is as usual stays empty. */
export function cellsOf(id: string, point: ProfilePoint): Cells {
  const { write } = point
  const told = (value: number | string | undefined) => (value === undefined ? '' : String(value))
  const listed = (values: readonly number[] | undefined) => (values ?? []).join('|')
  const paired = (values: Readonly<Record<string, string | number>> | undefined) =>
    Object.entries(values ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join('|')
  return {
    id,
    title: told(point.title),
    number: told(point.at),
    area: told(point.area),
    type: told(point.as),
    order: point.swap ? 'low' : '',
    bit: told(point.bit),
    bits: told(point.bits),
    scale: told(point.scale),
    offset: told(point.offset),
    quantity: told(point.is),
    role: point.role,
    values: paired(point.values),
    faults: listed(point.faults),
    off: told(point.off),
    min: told(write?.min),
    max: told(write?.max),
    step: told(write?.step),
    only: listed(write?.only),
    level: told(write?.level),
    warn: told(write?.warn),
    often: write?.often ? 'yes' : '',
    factory: told(point.factory),
    automatic: listed(point.automatic),
    claim: write?.claim ? claimText(write.claim) : '',
    text: told(point.text),
    factors: paired(point.factors),
    configurable: point.configurable ? 'yes' : '',
    unverified: point.unverified ? 'yes' : '',
  }
}

type Claim = NonNullable<NonNullable<ProfilePoint['write']>['claim']>

/** Coil, value that takes the point, value that gives it back, and the value that is a release: `91:0:1:1`. */
function claimText({ at, take, giveBack, release }: Claim): string {
  return [at, take, giveBack, ...(release === undefined ? [] : [release])].join(':')
}

const pointSchema = partSchema.shape.points.valueType
/** Ids are as in the files; the first word may end in the number of its circuit. */
const idForm = /^[a-z][A-Za-z0-9.]{0,99}$/

/** The point that a row says, or what is wrong with which of its cells. Empty cells are as usual. */
export function readCells(cells: Cells): { point: ProfilePoint; faults: [] } | { point: null; faults: CellFault[] } {
  const faults: CellFault[] = []
  const take = <T>(column: Column, read: Read<T>): T | undefined => {
    const text = cells[column].trim()
    if (text === '') return undefined
    const got = read(text)
    if (typeof got !== 'string') return got.value
    faults.push({ column, fault: got })
    return undefined
  }
  const needed = (column: Column) => {
    if (cells[column].trim() === '') faults.push({ column, fault: 'missing' })
  }
  for (const column of ['id', 'number', 'role'] as const) needed(column)
  if (cells.id.trim() !== '' && !idForm.test(cells.id.trim())) faults.push({ column: 'id', fault: 'name' })
  const writable = writeColumns.some((column) => cells[column].trim() !== '')
  if (writable) for (const column of ['min', 'max', 'level'] as const) needed(column)
  const order = take('order', oneOf(orders))
  const plain = {
    at: take('number', whole),
    area: take('area', oneOf(areas)),
    as: take('type', oneOf(encodings)),
    swap: order === 'low' ? true : undefined,
    bit: take('bit', whole),
    bits: take('bits', whole),
    scale: take('scale', number),
    offset: take('offset', number),
    factors: take('factors', pairs(number)),
    is: take('quantity', oneOf(quantities)),
    role: take('role', oneOf(pointRoles)),
    title: cells.title.trim() || undefined,
    text: take('text', oneOf(textForms)),
    faults: take('faults', list(whole)),
    off: take('off', whole),
    values: take('values', pairs(words)),
    factory: take('factory', number),
    automatic: take('automatic', list(number)),
    configurable: take('configurable', flag),
    unverified: take('unverified', flag),
    write: writable
      ? stripped({
          min: take('min', number),
          max: take('max', number),
          step: take('step', number),
          only: take('only', list(number)),
          level: take('level', oneOf(writeLevels)),
          warn: take('warn', oneOf(warnings)),
          often: take('often', flag),
          claim: take('claim', claim),
        })
      : undefined,
  }
  if (faults.length > 0) return { point: null, faults }
  const result = pointSchema.safeParse(stripped(plain))
  if (result.success) return { point: result.data, faults: [] }
  return {
    point: null,
    faults: result.error.issues.map(({ path, message }) => ({ column: columnOf(path), fault: 'range' as const, told: message })),
  }
}

const writeColumns = ['min', 'max', 'step', 'only', 'level', 'warn', 'often', 'claim'] as const

const claim: Read<Claim> = (text) => {
  const numbers = list(whole)(text.replaceAll(':', '|'))
  if (typeof numbers === 'string') return 'claim'
  const [at = -1, take, giveBack, release, ...more] = numbers.value
  const isCoil = (value: number | undefined) => value === 0 || value === 1
  if (!isCoil(take) || !isCoil(giveBack) || more.length > 0) return 'claim'
  return { value: stripped({ at, take, giveBack, release }) as Claim }
}

/** Which cell a fault of the schema speaks of. */
function columnOf(path: readonly PropertyKey[]): Column {
  const names: Record<string, Column> = { at: 'number', as: 'type', swap: 'order', is: 'quantity' }
  const [first = '', second = ''] = path.map(String)
  const name = first === 'write' ? second : first
  const column = names[name] ?? name
  return columns.find((one) => one === column) ?? (first === 'write' ? 'min' : 'id')
}

function stripped<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as never
}
