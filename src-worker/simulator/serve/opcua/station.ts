import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { Quantity } from '#shared/units.ts'
import type { Contact } from '../../faults/contact.ts'
import type { StationState } from '../../physics/state.ts'
import type { RegisterBank } from '../modbus-answer.ts'
import { doorTo, type Verdict } from './door.ts'
import type { Held } from './node-value.ts'
import { shownPoints } from './shown.ts'

/** A station behind the server: its name, its controller's registers, and what its sensors and its heat meter show now. */
export type OpcuaStation = {
  name: string
  profile: FlatProfile
  bank: RegisterBank
  state: () => StationState
  /** Such as R9.4, which has to be R9 or newer for what the wizard knows as NOPRO OPR0020. */
  firmware?: string | undefined
}

export type StationContact = Pick<Contact, 'offline' | 'noAnswer' | 'frozen'>

/** A node of a station as the server shows it. `states`: how many states it can be in, where it is one. */
export type StationNode = {
  id: string
  title: string
  is: Quantity
  states: number | undefined
  writable: boolean
  read(): Held
  write(value: number): Verdict | 'noContact'
}

export type StationView = { nodes: StationNode[]; contact(contact: StationContact): void }

const usualFirmware = 'R9.4'
const gone: Held = { value: null, trouble: 'contact' }

/** `now`: simulated UTC ms. Registers are brought to the present once for each moment. */
export function stationView({ profile, bank, state, firmware = usualFirmware }: OpcuaStation, now: () => number): StationView {
  const door = doorTo(bank, profile)
  let [shownAt, silent] = [Number.NaN, false]
  let kept: Map<string, Held> | undefined
  const refresh = () => {
    const at = now()
    if (at === shownAt) return
    shownAt = at
    bank.refresh()
  }
  const serial = door.point('identity.serial')
  const guarded = (node: StationNode): StationNode => ({
    ...node,
    read: () => (silent ? gone : (kept?.get(node.id) ?? node.read())),
    write: (value) => (silent ? 'noContact' : node.write(value)),
  })
  const text = (id: string, title: string, value: () => string): StationNode =>
    guarded({ id, title, is: 'text', states: undefined, writable: false, read: () => ({ value: value() }), write: () => 'notWritable' })
  const measured = (value: number | null): Held => (value === null || Number.isNaN(value) ? { value: null, trouble: 'sensor' } : { value })
  const nodes = [
    text('identity.firmware', 'Firmware', () => firmware),
    ...(serial ? [text('identity.serial', 'Serial number', () => String(door.read(serial) ?? ''))] : []),
    ...shownPoints((id) => door.point(id)).map(({ id, title, is, seen }) => {
      const point = door.point(id)
      return guarded({
        id,
        title,
        is,
        states: statesOf(point),
        writable: point !== undefined && door.isWritable(point),
        read() {
          refresh()
          return measured(point ? door.read(point) : (seen?.(state()) ?? null))
        },
        write(value) {
          const verdict = point && door.isWritable(point) ? door.write(point, value) : 'notWritable'
          shownAt = Number.NaN
          return verdict
        },
      })
    }),
  ]
  return {
    nodes,
    contact({ offline, noAnswer, frozen }) {
      if (frozen && !kept) {
        silent = false
        kept = new Map(nodes.map((node) => [node.id, node.read()]))
      }
      if (!frozen) kept = undefined
      silent = offline || noAnswer
    },
  }
}

function statesOf(point: Point | undefined): number | undefined {
  return point?.values && Object.keys(point.values).length
}
