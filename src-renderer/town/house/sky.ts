/** Light and weather around a house, guessed from the hour, the sun and the cold. */
export type Sky = {
  time: 'night' | 'low' | 'day'
  /** Colours from the zenith to the roofs. */
  colors: readonly [string, string]
  /** How far up the sun is drawn, 0 to 1; null: none is seen. */
  sun: number | null
  clouds: number
  hasSnow: boolean
  /** Share of windows with light. */
  lit: number
}

/** `hour` 0 to 24 by local time; `sun`: W/m² on a level plane; `outdoor`: °C. */
export function skyOf(hour: number, sun: number, outdoor: number): Sky {
  const hasSnow = outdoor < -0.5
  if (sun < 3) {
    const late = hour >= 23 || hour < 5.5
    return { time: 'night', colors: ['#101a33', '#2b3a5c'], sun: null, clouds: 0, hasSnow, lit: late ? 0.08 : hour < 9 ? 0.45 : 0.62 }
  }
  // What the clear sky would give about these hours, so that less than half of it means clouds.
  const height = Math.max(0.12, Math.sin((Math.PI * (hour - 5)) / 15))
  const clear = sun / (750 * height * (outdoor < 5 ? 0.5 : 1))
  const clouds = clear > 0.75 ? 1 : clear > 0.4 ? 2 : 4
  if (sun < 70) {
    const colors = hour < 12 ? (['#8fb0cf', '#f4d3b4'] as const) : (['#7b8fb8', '#f2b48c'] as const)
    return { time: 'low', colors, sun: clouds > 2 ? null : 0.12, clouds: Math.min(3, clouds), hasSnow, lit: 0.3 }
  }
  const colors = clouds > 2 ? (['#b7c2ca', '#dfe4e6'] as const) : (['#78b2e0', '#d8ebf5'] as const)
  return { time: 'day', colors, sun: clouds > 2 ? null : Math.min(1, height), clouds, hasSnow, lit: 0.04 }
}

/** The hour of the day at a moment, 0 to 24 with its fraction, in a time zone. */
export function hourAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return of('hour') + of('minute') / 60
}
