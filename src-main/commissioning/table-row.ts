import { plainAddress, protocolAt } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { TableCells, TableColumn } from '#shared/commissioning/table.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { addressFault, faultyAddress, type AddressFault } from '#shared/devices/sound-address.ts'
import { isSerial, protocolOf, ways, type SerialLine, type Way } from '#shared/devices/way.ts'
import { Failure, type FailureReport } from '#shared/failures.ts'

export type Wanted = { name: string; place: string; tags: string[]; address: Address; profile: string | undefined }
export type RowFault = { field: TableColumn; failure: FailureReport }

const parities: Record<string, SerialLine['parity']> = { n: 'none', none: 'none', e: 'even', even: 'even', o: 'odd', odd: 'odd' }
const limits = { name: 80, place: 120, tag: 40, tags: 20 } as const

/** What a row of a table asks for, or the column at fault and why. */
export function wantedOf(cells: TableCells, profiles: readonly FlatProfile[]): Wanted | RowFault {
  try {
    return readRow(cells, profiles)
  } catch (error) {
    if (error instanceof CellFault) return { field: error.field, failure: error.failure.report() }
    throw error
  }
}

class CellFault extends Error {
  readonly field: TableColumn
  readonly failure: Failure

  constructor(field: TableColumn, failure: Failure) {
    super(field)
    this.field = field
    this.failure = failure
  }
}

const bad = (field: TableColumn, context: string = field, value = '') =>
  new CellFault(field, new Failure('table.badCell', { context, value }))

function readRow(cells: TableCells, profiles: readonly FlatProfile[]): Wanted {
  const { name = '', place = '', host = '', profile: id } = cells
  if (name === '' || name.length > limits.name) throw bad('name')
  if (place.length > limits.place) throw bad('place')
  const tags = [...new Set((cells.tags ?? '').split(/[|,]/).map((tag) => tag.trim()))].filter((tag) => tag !== '')
  if (tags.length > limits.tags || tags.some((tag) => tag.length > limits.tag)) throw bad('tags')
  const address = addressOf(cells, host)
  const profile = id === undefined ? undefined : profiles.find((one) => one.id === id)
  const found = protocolAt(address)
  if (id !== undefined && !profile) throw bad('profile', 'noProfile', id)
  if (profile && profile.protocol !== found)
    throw new CellFault('profile', new Failure('device.profileMisfit', { profile: profile.title, needed: profile.protocol, found }))
  if (!profile && found !== 'modbus') throw new CellFault('profile', new Failure('device.needsProfile'))
  return { name, place, tags, address, profile: profile?.id }
}

function addressOf(cells: TableCells, host: string): Address {
  const way = (cells.way ?? 'modbus-tcp').toLowerCase() as Way
  if (!(ways as readonly Way[]).includes(way)) throw bad('way', 'way', cells.way)
  // A person has to see and trust the certificate.
  if (way === 'opcua' || way === 'modbus-tls') throw bad('way', 'certificate')
  const port = cells.port === undefined ? (protocolOf(way) === 'modbus' && !isSerial(way) ? 502 : 0) : numberIn(cells, 'port', 0, 65535)
  const unit = cells.unit === undefined ? 1 : numberIn(cells, 'unit', 0, 255)
  const serial = isSerial(way) ? serialOf(cells) : undefined
  const address = plainAddress({ host, port, unit, way, member: cells.member, serial })
  const fault = addressFault(address)
  if (fault) throw new CellFault(columnOf[fault], faultyAddress(address, fault))
  return address
}

function serialOf(cells: TableCells): SerialLine | undefined {
  if (cells.baud === undefined) return undefined
  const parity = parities[(cells.parity ?? 'even').toLowerCase()]
  if (!parity) throw bad('parity', 'parity', cells.parity)
  return { baud: numberIn(cells, 'baud', 300, 1_000_000), parity, stop: numberIn(cells, 'stop', 1, 2, 1) === 2 ? 2 : 1 }
}

function numberIn(cells: TableCells, field: 'port' | 'unit' | 'baud' | 'stop', min: number, max: number, usual?: number): number {
  const text = cells[field] ?? (usual === undefined ? '' : String(usual))
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= min && number <= max)) throw bad(field, field, text)
  return number
}

const columnOf: Record<AddressFault, TableColumn> = {
  noHost: 'host',
  hostForm: 'host',
  noPort: 'port',
  portOfSerial: 'port',
  noLine: 'baud',
  modbusUnit: 'unit',
  meterUnit: 'unit',
  noEndpoint: 'way',
  noMember: 'member',
}
