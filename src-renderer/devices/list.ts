import { contactStates, type Contact, type Device } from '#shared/devices/contract.ts'
import { matches } from '../find-device.ts'
import type { Order } from '../order.ts'

export const sorts = ['name', 'application', 'contact', 'age'] as const
export type Sort = (typeof sorts)[number]
export type StateFilter = Contact['state'] | 'all'

export type Narrowed = { shown: Device[]; counts: Record<StateFilter, number> }

/** The devices that match text and state, in order, and how many of each state match the text. */
export function narrow(devices: readonly Device[], text: string, state: StateFilter, sort: Sort, order: Order, locale: string): Narrowed {
  const found = devices.filter((device) => matches(device, text))
  const counts: Record<StateFilter, number> = { all: found.length, waiting: 0, online: 0, degraded: 0, offline: 0 }
  for (const device of found) counts[device.contact.state] += 1
  const compare = comparing(sort, new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }))
  const sign = order === 'descending' ? -1 : 1
  const shown = found.filter((device) => state === 'all' || device.contact.state === state).sort((a, b) => sign * compare(a, b))
  return { shown, counts }
}

// The worst contact comes first, since that is what somebody sorts for.
const worst: readonly Contact['state'][] = ['offline', 'degraded', 'waiting', 'online']

function comparing(sort: Sort, words: Intl.Collator): (a: Device, b: Device) => number {
  const byName = (a: Device, b: Device) => words.compare(a.name, b.name) || words.compare(a.place, b.place)
  switch (sort) {
    case 'name':
      return byName
    case 'application':
      return (a, b) => words.compare(a.identity.application ?? '', b.identity.application ?? '') || byName(a, b)
    case 'contact':
      return (a, b) => worst.indexOf(a.contact.state) - worst.indexOf(b.contact.state) || byName(a, b)
    case 'age':
      return (a, b) => (a.contact.lastAnswer ?? 0) - (b.contact.lastAnswer ?? 0) || byName(a, b)
  }
}

export function stateFilter(word: string | undefined): StateFilter {
  return contactStates.find((state) => state === word) ?? 'all'
}

export function sortOf(word: string | undefined): Sort {
  return sorts.find((sort) => sort === word) ?? 'name'
}
