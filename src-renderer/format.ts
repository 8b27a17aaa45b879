import type { Quantity } from '#shared/units.ts'

export type Format = ReturnType<typeof createFormat>

/** What has a number, a unit and decimals: a point, or the short form of one in a list. */
export type Measured = { is: Quantity; unit: string; decimals: number }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Number, date and age to text, for one language and one time zone. Absent values are not its business. */
export function createFormat(locale: string, timeZone: string) {
  const numbers = new Map<number, Intl.NumberFormat>()
  const number = (value: number, decimals = 0) => {
    const format =
      numbers.get(decimals) ??
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: 'min2' })
    numbers.set(decimals, format)
    const text = format.format(value)
    // A value that rounds to nothing has no sign.
    return /^-0([.,]0*)?$/.test(text) ? text.slice(1) : text.replace('-', '−')
  }
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options })
    return (at: number) => format.format(at)
  }
  const cycle = { hourCycle: 'h23' } as const
  const sign = (type: 'decimal' | 'group') =>
    new Intl.NumberFormat(locale).formatToParts(123456.7).find((part) => part.type === type)?.value ?? ''
  return {
    locale,
    /** Decimal sign and sign between thousands, as plotly takes them. */
    separators: `${sign('decimal')}${sign('group')}`,
    timeZone,
    number,
    date: dates({ day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: dates({ weekday: 'short', day: 'numeric', month: 'short' }),
    month: dates({ month: 'short', year: 'numeric' }),
    time: dates({ hour: '2-digit', minute: '2-digit', ...cycle }),
    timeSeconds: dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', ...cycle }),
    /** With the name of the zone, so that the repeated hour of the long day can be told apart. */
    timeZoned: dates({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short', ...cycle }),
    dateTime: dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', ...cycle }),
    /** How long ago or how long something takes, in its largest fitting unit. Its signs are the same in all languages. */
    span: (elapsedMs: number) => {
      if (elapsedMs < 2 * minute) return `${number(Math.max(0, Math.round(elapsedMs / 1000)))} s`
      if (elapsedMs < 2 * hour) return `${number(Math.floor(elapsedMs / minute))} min`
      if (elapsedMs < 2 * day) return `${number(Math.floor(elapsedMs / hour))} h`
      return `${number(Math.floor(elapsedMs / day))} d`
    },
    /** Seconds of a setting in the units in which people set them: 170 s, 10 min, 1 h 39 min. */
    duration: (seconds: number) => {
      if (seconds === 0 || seconds % 60 !== 0) return `${number(seconds)} s`
      const [hours, minutes] = [Math.trunc(seconds / 3600), (seconds % 3600) / 60]
      return [hours === 0 ? '' : `${number(hours)} h`, minutes === 0 ? '' : `${number(minutes)} min`].filter(Boolean).join(' ')
    },
    milliseconds: (value: number) => {
      if (value < 1) return '< 1 ms'
      return value < 10_000 ? `${number(value)} ms` : `${number(value / 1000, 1)} s`
    },
    distance: (metres: number) => {
      const [unit, value] = metres < 1000 ? ['meter', metres] : ['kilometer', metres / 1000]
      return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
    },
    bytes: (value: number) => {
      const step = value < 1e6 ? 'kilobyte' : value < 1e9 ? 'megabyte' : 'gigabyte'
      const size = { kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 }[step]
      return new Intl.NumberFormat(locale, { style: 'unit', unit: step, maximumFractionDigits: 1 }).format(value / size)
    },
  }
}
