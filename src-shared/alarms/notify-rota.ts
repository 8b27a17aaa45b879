import { addDays, type Calendar, type LocalDate } from '../calendar.ts'
import type { ListContent, Rota } from './notify.ts'
import { firstMoment, lastMoment, weekdayOf } from './notify-schedule.ts'

type Weekly = Extract<Rota, { kind: 'weekly' }>

/** `standIn`: not whom the rota says. `until` UTC ms of the next change, null: there is none. */
export type OnCall = { recipients: string[]; standIn: boolean; until: number | null }

const dayMs = 24 * 60 * 60_000

/** Who of a list is told at a moment, UTC ms. `active`: recipients that may be told at all; who is not among them has the next of the order stand in. */
export function onCallAt({ members, rota }: ListContent, active: ReadonlySet<string>, calendar: Calendar, at: number): OnCall {
  const ready = members.filter((id) => active.has(id))
  if (rota.kind === 'none') return { recipients: ready, standIn: false, until: null }
  const { index, until } = turnOf(rota, calendar, at)
  const exceptions = rota.exceptions
    .map((one) => ({ ...one, from: firstMoment(calendar, one.from), to: lastMoment(calendar, one.to) }))
    .filter(({ recipient }) => active.has(recipient))
  const now = exceptions.findLast(({ from, to }) => from <= at && at < to)
  const changes = exceptions.flatMap(({ from, to }) => [from, to]).filter((moment) => moment > at)
  const end = Math.min(until, ...changes)
  const turn = members.length === 0 ? undefined : members[mod(index, members.length)]
  if (now) return { recipients: [now.recipient], standIn: now.recipient !== turn, until: end }
  const inOrder = members.map((_id, i) => members[mod(index + i, members.length)] ?? '')
  const told = inOrder.find((id) => active.has(id))
  return { recipients: told === undefined ? [] : [told], standIn: told !== undefined && told !== turn, until: end }
}

/** Hand-overs since the first one, and when the next is; UTC ms. Before the first one it counts backwards, so that there is always somebody. */
function turnOf({ start, weekday, at: time }: Weekly, calendar: Calendar, at: number): { index: number; until: number } {
  const first = addDays(start, mod(weekday - weekdayOf(start), 7))
  const handOver = (week: number): number => firstMoment(calendar, `${addDays(first, 7 * week)}T${time}`)
  const week = Math.floor(daysBetween(first, calendar.dateAt(at)) / 7)
  return at < handOver(week) ? { index: week - 1, until: handOver(week) } : { index: week, until: handOver(week + 1) }
}

const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
const mod = (value: number, by: number): number => ((value % by) + by) % by
