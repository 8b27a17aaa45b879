import { wayOf } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { ScanHit } from '#shared/commissioning/contract.ts'
import { tableColumns, type TableCells, type TableRow } from '#shared/commissioning/table.ts'
import type { PlantDevice } from '../plant.ts'
import { writeCsv } from './csv.ts'

type Described = { name: string; place: string; tags: readonly string[]; address: Address; profile: string }

const examples: readonly Described[] = [
  {
    name: 'School, boiler room',
    place: 'Long Street 7',
    tags: ['north'],
    address: { host: '192.168.1.100', port: 502, unit: 1 },
    profile: '',
  },
  {
    name: 'Town hall',
    place: 'Market 1',
    tags: ['centre', 'public'],
    address: { host: '10.0.4.20', port: 502, unit: 5, way: 'modbus-rtu-tcp' },
    profile: '',
  },
  {
    name: 'Depot',
    place: 'Ring 12',
    tags: [],
    address: { host: '/dev/ttyUSB0', port: 0, unit: 3, way: 'modbus-serial', serial: { baud: 19200, parity: 'even', stop: 1 } },
    profile: 'danfoss/ecl-comfort-110',
  },
]

/** What devices need to be read in again on another machine; secrets are no part of it. */
export function exportOf(devices: readonly PlantDevice[]): string {
  const described = devices.filter(({ simulated }) => !simulated).map((device) => ({ ...device, profile: device.profile.id }))
  return writeCsv([tableColumns, ...described.map(rowOf)])
}

export function templateText(): string {
  return writeCsv([tableColumns, ...examples.map(rowOf)])
}

/** The table as it was read, with what became of each row. */
export function resultOf(rows: readonly TableRow[]): string {
  const lines = rows.map(({ line, cells, state, field, failure, found }) => {
    const known: TableCells = cells
    const reason = failure ? `${failure.code} ${JSON.stringify(failure.params)}` : ''
    return [...tableColumns.map((column) => known[column] ?? ''), String(line), state, field ?? '', reason, found ?? '']
  })
  return writeCsv([[...tableColumns, 'line', 'result', 'field', 'reason', 'found'], ...lines])
}

function rowOf(described: Described): string[] {
  const cells = cellsOf(described)
  return tableColumns.map((column) => cells[column])
}

function cellsOf({ name, place, tags, address, profile }: Described): Record<(typeof tableColumns)[number], string> {
  const { host, port, unit, member = '', serial } = address
  return {
    name,
    place,
    tags: tags.join('|'),
    way: wayOf(address),
    host,
    port: String(port),
    unit: String(unit),
    member,
    baud: serial ? String(serial.baud) : '',
    parity: serial?.parity ?? '',
    stop: serial ? String(serial.stop) : '',
    profile,
  }
}

/** New controllers that a scan has found as rows of a table, with the names that were proposed. */
export function rowsOfHits(hits: readonly ScanHit[]): { line: number; cells: TableCells; found: string }[] {
  const fresh = hits.flatMap(({ address, finding, device }) => (finding && !device ? [{ address, finding }] : []))
  return fresh.map(({ address, finding: { proposedName, identity } }, i) => {
    const filled = Object.entries(cellsOf({ name: proposedName, place: '', tags: [], address, profile: '' })).filter(
      ([, cell]) => cell !== '',
    )
    const found = [identity.model, identity.application].filter((word) => word !== null).join(' ')
    return { line: i + 2, cells: Object.fromEntries(filled) as TableCells, found }
  })
}
