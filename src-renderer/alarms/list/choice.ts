import { alarmViews } from '#shared/alarms/contract.ts'
import { priorities, type Priority } from '#shared/alarms/priority.ts'
import { alarmKinds, type AlarmKind } from '#shared/alarms/rule.ts'
import { openStates } from '#shared/alarms/state.ts'
import type { Address } from '../../address.ts'

export const views = [...alarmViews, 'history'] as const
export type View = (typeof views)[number]
export type OpenState = (typeof openStates)[number]

export type Filter = {
  words: string
  /** Empty: all. */
  priorities: readonly Priority[]
  state: OpenState | null
  kind: AlarmKind | null
  rule: string | null
  device: string | null
}

export type Choice = { view: View; filter: Filter; opened: string | null; grouped: boolean }

const named = <T extends string>(list: readonly T[], word: string | undefined): T | null => list.find((one) => one === word) ?? null

/** What the address bar says about the page; words that make no sense count as none. */
export function choiceOf(address: Address): Choice {
  const wanted = (address['priority'] ?? '').split(',')
  return {
    view: named(views, address['view']) ?? 'open',
    filter: {
      words: address['q'] ?? '',
      priorities: priorities.filter((one) => wanted.includes(one)),
      state: named(openStates, address['state']),
      kind: named(alarmKinds, address['kind']),
      rule: address['rule'] ?? null,
      device: address['device'] ?? null,
    },
    opened: address['alarm'] ?? null,
    grouped: address['group'] !== 'off',
  }
}

/** The words of the address without any filter. */
export const noFilter: Address = {
  q: undefined,
  priority: undefined,
  state: undefined,
  kind: undefined,
  rule: undefined,
  device: undefined,
}

export const isNarrow = ({ words, priorities: wanted, state, kind, rule, device }: Filter): boolean =>
  words.trim() !== '' || wanted.length > 0 || state !== null || kind !== null || rule !== null || device !== null

/** The word of the address for the priorities when `one` is turned on or off. */
export function toggled(wanted: readonly Priority[], one: Priority): string | undefined {
  const next = wanted.includes(one)
    ? wanted.filter((other) => other !== one)
    : priorities.filter((each) => each === one || wanted.includes(each))
  return next.length === 0 || next.length === priorities.length ? undefined : next.join()
}
