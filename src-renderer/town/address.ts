import type { Address } from '../address.ts'
import type { Order } from '../order.ts'
import { shades, type Shade } from './map/scales.ts'
import { sorts, type Sort } from './rows.ts'

export const looks = ['map', 'table'] as const
export type Look = (typeof looks)[number]

/** What the address bar says about the page; anything else has its usual value. */
export function choiceOf(address: Address): {
  look: Look
  shade: Shade
  station: string | null
  sort: Sort
  order: Order
  faults: boolean
} {
  const named = <T extends string>(list: readonly [T, ...T[]], word: string) => list.find((one) => one === address[word]) ?? list[0]
  return {
    look: named(looks, 'look'),
    shade: named(shades, 'pipes'),
    station: address['station'] ?? null,
    sort: named(sorts, 'sort'),
    order: address['order'] === 'descending' ? 'descending' : 'ascending',
    faults: address['faults'] === 'open',
  }
}
