import { hostname } from 'node:os'
import { keyOf } from '#shared/alarms/condition-key.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import type { Contact } from '#shared/devices/contract.ts'
import type { Host } from '../../capability.ts'
import type { PlantDevice } from '../../plant.ts'
import { lineOf } from '../rule-device.ts'
import type { Source, SourcePlace, Tell } from '../source.ts'
import { Doubt } from './contact-doubt.ts'
import { isUp, Lost } from './contact-lost.ts'
import { networkPart, treeOf, wayOf, type Group, type Tree } from './contact-tree.ts'

/** A device that was never heard of for so long is out of contact. */
const waitMs = 15 * 60_000
const leastInScope = 2
const leastOnNetwork = 10

/** What is told of: the condition of a device or a group, in one rule each. */
type Told = { key: string; parent: string | null }

/** Contact with devices, and with what several of them hang on: one condition for what has failed, the others beneath it. */
export function createContactSource({ plant }: Pick<Host, 'plant'>, computer = hostname()): Source {
  let tree: Tree = { groups: new Map(), of: new Map() }
  let drawn = ''
  const lost = new Map<string, Lost>()
  const seen = new Map<string, Contact>()
  const ofDevice = new Map<string, Told[]>()
  const ofGroup = new Map<string, Told[]>()
  /** Devices that are waited for: time alone decides. */
  const waiting = new Set<string>()
  /** Groups that may be lost together with others. */
  const doubted = new Set<Lost>()
  let all = true

  const drawTree = () => {
    const devices = plant.all()
    const now = devices.map(({ id, address }) => `${id} ${address.way} ${address.host} ${address.port}`).join('\n')
    if (now === drawn) return
    drawn = now
    tree = treeOf(devices, computer)
    const before = new Map(lost)
    lost.clear()
    for (const [part, group] of tree.groups) lost.set(part, new Lost(group, before.get(part)))
    for (const id of seen.keys()) if (!plant.get(id)) seen.delete(id)
    all = true
  }

  const members = ({ members: ids }: Group) => ids.flatMap((id) => plant.get(id) ?? [])

  /** The groups that a device hangs on, the nearest first. */
  function* above(part: string | null | undefined): Generator<Group> {
    for (let group = tree.groups.get(part ?? ''); group; group = tree.groups.get(group.above ?? '')) yield group
  }

  const judge = (device: PlantDevice, doubt: Doubt, at: number, tell: Tell) => {
    const { id, contact, spare } = device
    waiting.delete(id)
    const say: Tell['verdict'] = (_key, verdict, when) => {
      for (const { key } of ofDevice.get(id) ?? []) tell.verdict(key, verdict, when)
    }
    if (isUp(device)) return say('', 'within', contact.since)
    if (contact.state === 'offline') {
      if (!doubt.of(contact.since, above(tree.of.get(id)))) return say('', 'beyond', contact.since)
      waiting.add(id)
      return
    }
    if (wayOf(device) === 'push') return say('', 'unknown', at)
    waiting.add(id)
    const since = Math.max(contact.since, device.addedAt)
    const isLong = at - since > waitMs + (spare?.restMs ?? 0)
    say('', isLong ? 'beyond' : 'unknown', isLong ? since : at)
  }

  return {
    kinds: ['offline'],

    places(rule, devices) {
      drawTree()
      const inScope = new Map(devices.map((device) => [device.id, device]))
      const place = (device: string, part: string, name: string, line: string): SourcePlace => {
        return { rule: rule.id, device, point: '', part, name, line, series: null }
      }
      const single = devices.filter((device) => wayOf(device) !== 'calculated').map((one) => place(one.id, '', one.name, lineOf(one)))
      return [...single, ...groupsIn(tree, inScope).map(({ part, name }) => place('', part, name, part === networkPart ? '' : name))]
    },

    settle(conditions) {
      drawTree()
      ofDevice.clear()
      ofGroup.clear()
      const partKey = (rule: Rule, part: string) => keyOf({ rule: rule.id, device: '', point: '', part })
      const parentOf = (rule: Rule, from: string | null | undefined) => {
        for (const { part } of above(from)) if (conditions.has(partKey(rule, part))) return partKey(rule, part)
        return null
      }
      for (const [key, { place, rule }] of conditions) {
        const [map, name, up] =
          place.device === ''
            ? [ofGroup, place.part, tree.groups.get(place.part)?.above]
            : [ofDevice, place.device, tree.of.get(place.device)]
        map.set(name, [...(map.get(name) ?? []), { key, parent: parentOf(rule, up) }])
      }
      all = true
    },

    look(at, tell) {
      const changed = changedOf(plant.all(), seen)
      const anew = all
      all = false
      const touched = new Set(changed.flatMap(({ id }) => [...above(tree.of.get(id))].map(({ part }) => part)))
      const turned = [...lost.values()].filter((one) => {
        const devices = members(one.group)
        return (anew || touched.has(one.group.part) || one.isTimed(devices)) && one.look(devices, at)
      })
      if (anew) for (const { key, parent } of [...ofGroup.values(), ...ofDevice.values()].flat()) tell.beneath(key, parent, at)
      const sayOf = ({ group, at: lostAt, since, verdict }: Lost) => {
        for (const { key } of ofGroup.get(group.part) ?? []) tell.verdict(key, verdict, lostAt ?? since ?? at)
      }
      // What has failed before what hangs on it, and what is back after it.
      const groups = anew ? [...lost.values()] : [...new Set([...turned, ...doubted])]
      const doubt = new Doubt(at, members, lost, tree.groups.get(networkPart))
      doubted.clear()
      for (const one of groups.toReversed()) {
        if (one.at === null) continue
        if (doubt.of(one.at, above(one.group.above))) doubted.add(one)
        else sayOf(one)
      }
      const devices = anew ? plant.all() : new Set([...changed, ...[...waiting].flatMap((id) => plant.get(id) ?? [])])
      for (const device of devices) if (ofDevice.has(device.id)) judge(device, doubt, at, tell)
      for (const one of groups) if (one.verdict !== 'beyond') sayOf(one)
    },
  }
}

/** Groups with enough devices of a rule, without those that are the same as what hangs on them. */
function groupsIn(tree: Tree, inScope: ReadonlyMap<string, PlantDevice>): Group[] {
  const counts = new Map([...tree.groups].map(([part, { members }]) => [part, members.filter((id) => inScope.has(id)).length]))
  return [...tree.groups.values()].filter(({ part }) => {
    const count = counts.get(part) ?? 0
    if (count < (part === networkPart ? leastOnNetwork : leastInScope)) return false
    return part === networkPart || ![...tree.groups.values()].some((one) => one.above === part && counts.get(one.part) === count)
  })
}

/** Devices whose contact is another than when they were last looked at. */
function changedOf(devices: readonly PlantDevice[], seen: Map<string, Contact>): PlantDevice[] {
  return devices.filter(({ id, contact }) => {
    const before = seen.get(id)
    if (before === contact) return false
    seen.set(id, contact)
    return before?.state !== contact.state || before.since !== contact.since
  })
}
