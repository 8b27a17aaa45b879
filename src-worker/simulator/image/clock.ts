/** The registers of a controller's clock, by the last word of their point ids; `time` is HHMM, `date` DDMM, `epoch` UTC seconds. */
export const clockFields = ['hour', 'minute', 'day', 'month', 'year', 'time', 'date', 'epoch'] as const
export type ClockField = (typeof clockFields)[number]

/** The field that a point id such as `clock.hour` stands for. */
export function clockField(id: string): ClockField | undefined {
  return clockFields.find((field) => id === `clock.${field}`)
}

/** What a clock shows at a local time counted like UTC ms; `ahead` is how far that is ahead of UTC, ms. */
export function showClock(local: number, ahead: number): Record<ClockField, number> {
  const date = new Date(local)
  const [hour, minute, day, month] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCDate(), date.getUTCMonth() + 1]
  return {
    hour,
    minute,
    day,
    month,
    year: date.getUTCFullYear(),
    time: hour * 100 + minute,
    date: day * 100 + month,
    epoch: Math.floor((local - ahead) / 1_000),
  }
}

/** The local time after one field is set, seconds zeroed, or null when there is no such date or time. */
export function setClock(local: number, ahead: number, field: ClockField, value: number): number | null {
  if (field === 'epoch') return value * 1_000 + ahead
  const fields = showClock(local, ahead)
  fields[field] = value
  if (field === 'time') [fields.hour, fields.minute] = [Math.floor(value / 100), value % 100]
  if (field === 'date') [fields.day, fields.month] = [Math.floor(value / 100), value % 100]
  const { year, month, day, hour, minute } = fields
  const set = Date.UTC(year, month - 1, day, hour, minute)
  const shown = showClock(set, ahead)
  const same = (['day', 'month', 'hour', 'minute'] as const).every((name) => shown[name] === fields[name])
  return same ? set : null
}
