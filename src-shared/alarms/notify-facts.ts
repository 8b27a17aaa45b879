import type { NoticeKind } from './notify.ts'
import type { AlarmRow } from './row.ts'
import type { Rule } from './rule.ts'

/** What a notice tells, as it was when it was planned. Times UTC ms, values in the canonical unit. */
export type Facts = {
  what: NoticeKind
  alarm: string
  occurrence: string
  step: number
  ruleName: string
  action: string
  respondMinutes: number | null
  link: string
} & Pick<
  AlarmRow,
  | 'kind'
  | 'priority'
  | 'device'
  | 'deviceName'
  | 'place'
  | 'line'
  | 'point'
  | 'part'
  | 'is'
  | 'decimals'
  | 'limit'
  | 'raisedAt'
  | 'clearedAt'
  | 'raisedValue'
>

export function factsOf(what: NoticeKind, step: number, occurrence: string, { action, respondMinutes, link }: Rule, row: AlarmRow): Facts {
  const { ruleName, kind, priority, device, deviceName, place, line, point, part, is, decimals, limit, raisedAt, clearedAt, raisedValue } =
    row
  const rule = { ruleName, action, respondMinutes, link }
  const where = { device, deviceName, place, line, point, part }
  const values = { is, decimals, limit, raisedValue, raisedAt, clearedAt }
  return { what, alarm: row.id, occurrence, step, ...rule, kind, priority, ...where, ...values }
}
