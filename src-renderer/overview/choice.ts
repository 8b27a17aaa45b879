import { contactStates, type Contact, type Device } from '#shared/devices/contract.ts'
import type { Address } from '../address.ts'
import type { Order } from '../order.ts'
import { conditionsOf, type Condition } from './condition.ts'

/** How many columns and conditions one table can have, and how many devices can be named one by one. */
export const mostColumns = 20
export const mostConditions = 5
export const mostDevices = 200

export type Rule = { text: string; tags: string[]; profile: string | null; state: Contact['state'] | null; conditions: Condition[] }

/** `devices` null: those that fit the rule, else exactly these. `columns` null: nobody has chosen any. */
export type Choice = { columns: string[] | null; devices: string[] | null; rule: Rule; sort: string; order: Order; sparks: boolean }

/** Columns that are no point. */
export const ownColumns = ['name', 'deviation', 'age'] as const
export type OwnColumn = (typeof ownColumns)[number]

/** The words of the address that make up the choice, which presets keep. */
export const choiceWords = ['points', 'devices', 'q', 'tags', 'profile', 'state', 'when', 'sort', 'order', 'sparks'] as const

const listOf = (words: string | undefined, most: number) => [...new Set((words ?? '').split(',').filter(Boolean))].slice(0, most)

/** What the address says is to be shown. Words that make no sense are as if they were not there. */
export function choiceOf(address: Address): Choice {
  return {
    columns: address['points'] === undefined ? null : listOf(address['points'].replace(/^-$/, ''), mostColumns),
    devices: address['devices'] === undefined ? null : listOf(address['devices'].replace(/^-$/, ''), mostDevices),
    rule: {
      text: address['q'] ?? '',
      tags: listOf(address['tags'], 20),
      profile: address['profile'] ?? null,
      state: contactStates.find((state) => state === address['state']) ?? null,
      conditions: conditionsOf(address['when']).slice(0, mostConditions),
    },
    sort: address['sort'] ?? 'deviation',
    order: address['order'] === 'ascending' ? 'ascending' : 'descending',
    sparks: address['sparks'] !== 'off',
  }
}

/** A list as a word of the address; an empty one is said, so that it is not taken for none chosen. */
export function listWord(list: readonly string[]): string {
  return list.length === 0 ? '-' : list.join(',')
}

/** The points that most devices show first, for a table that nobody has made up yet. */
export function usualColumns(devices: readonly Device[], most = 5): string[] {
  const counts = new Map<string, number>()
  for (const { key } of devices) for (const { id, is } of key) if (is !== 'state') counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([id]) => id)
}
