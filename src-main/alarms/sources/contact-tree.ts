import { isSerial, type Way } from '#shared/devices/way.ts'
import type { PlantDevice } from '../../plant.ts'
import { lineOf } from '../rule-device.ts'

/**
 * What several devices are reached through. `part` names it in a condition. `members` are ids of devices, those behind what hangs on it too;
 * `above` is the part of what it hangs on itself.
 */
export type Group = { part: string; name: string; members: string[]; above: string | null }

/** The nearest group of each device by id, and all groups by part, the inner ones first. */
export type Tree = { groups: Map<string, Group>; of: Map<string, string> }

export const networkPart = 'network'

/** The network of this computer is suspected where this many devices hang on it. */
const leastOnNetwork = 10

/**
 * Groups devices by what they have in common on the way here: a line (host and port, or serial port) with several units, a gateway (a host with
 * several lines, an OPC UA server, one that sends by itself), and the network of this computer, by name `computer`.
 */
export function treeOf(devices: readonly PlantDevice[], computer: string): Tree {
  const tree: Tree = { groups: new Map(), of: new Map() }
  const asked = devices.filter((device) => wayOf(device) !== 'calculated')
  const hosts = groupBy(asked, hostOf)
  for (const [host, onHost] of hosts) {
    const lines = groupBy(onHost, lineOf)
    const gateway = lines.size > 1 ? partOf('gateway', host) : null
    for (const [line, onLine] of lines) addGroup(tree, isServer(onLine) ? 'gateway' : 'line', line, onLine, gateway)
    if (gateway !== null) addGroup(tree, 'gateway', host, onHost, null)
  }
  const onNetwork = asked.filter((device) => !isSerial(wayOf(device)))
  if (onNetwork.length < leastOnNetwork || hosts.size < 3) return tree
  const ids = new Set(onNetwork.map(({ id }) => id))
  for (const group of tree.groups.values()) if (group.above === null && ids.has(group.members[0] ?? '')) group.above = networkPart
  tree.groups.set(networkPart, { part: networkPart, name: computer, members: [...ids], above: null })
  for (const id of ids) if (!tree.of.has(id)) tree.of.set(id, networkPart)
  return tree
}

/** A group of one is the device itself. */
function addGroup(tree: Tree, kind: 'line' | 'gateway', name: string, devices: readonly PlantDevice[], above: string | null): void {
  const part = devices.length > 1 ? partOf(kind, name) : null
  if (part !== null) tree.groups.set(part, { part, name, members: devices.map(({ id }) => id), above })
  const nearest = part ?? above
  if (nearest !== null) for (const { id } of devices) if (!tree.of.has(id)) tree.of.set(id, nearest)
}

export const wayOf = ({ address }: PlantDevice): Way => address.way ?? 'modbus-tcp'

const hostOf = ({ address }: PlantDevice): string => address.host.toLowerCase()

/** One program that speaks for several devices. */
const isServer = (devices: readonly PlantDevice[]) => devices.every((device) => ['opcua', 'push'].includes(wayOf(device)))

/** Keys are made of parts with `|` between them. */
const partOf = (kind: string, name: string) => `${kind}:${name.replaceAll('|', '/').slice(0, 120)}`

function groupBy(devices: readonly PlantDevice[], key: (device: PlantDevice) => string): Map<string, PlantDevice[]> {
  const groups = new Map<string, PlantDevice[]>()
  for (const device of devices) {
    const group = groups.get(key(device))
    if (group) group.push(device)
    else groups.set(key(device), [device])
  }
  return groups
}
