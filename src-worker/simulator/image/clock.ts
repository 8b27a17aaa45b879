/** The registers of a controller's clock, by the last word of their point ids. */
export const clockFields = ['hour', 'minute', 'day', 'month', 'year'] as const
export type ClockField = (typeof clockFields)[number]

/** The field that a point id such as `clock.hour` stands for. */
export function clockField(id: string): ClockField | undefined {
  return clockFields.find((field) => id === `clock.${field}`)
}

/** What a clock shows at a local time counted like UTC ms. */
export function showClock(local: number): Record<ClockField, number> {
  const date = new Date(local)
  return {
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    year: date.getUTCFullYear(),
  }
}

/** The local time after one field is set, seconds zeroed, or null when there is no such date. */
export function setClock(local: number, field: ClockField, value: number): number | null {
  const fields = showClock(local)
  fields[field] = value
  const { year, month, day, hour, minute } = fields
  const set = Date.UTC(year, month - 1, day, hour, minute)
  const shown = showClock(set)
  return shown.day === day && shown.month === month ? set : null
}
