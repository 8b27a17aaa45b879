/**
 * What a combinable code does to the quantity before it. `exponent` moves the decimal point; `note` says what the value is
 * then; `read` and `factor` where it is no longer in the quantity's unit but a date, a number of times or a duration in
 * seconds; `error` is the reason why the meter has no value.
 */
export type Combination = { exponent?: number; note?: string; read?: 'date' | 'count'; factor?: number; error?: number }

const per = [
  'perSecond',
  'perMinute',
  'perHour',
  'perDay',
  'perWeek',
  'perMonth',
  'perYear',
  'perRevolution',
  'perInputPulse0',
  'perInputPulse1',
  'perOutputPulse0',
  'perOutputPulse1',
  'perLitre',
  'perCubicMetre',
  'perKilogram',
  'perKelvin',
  'perKilowattHour',
  'perGigajoule',
  'perKilowatt',
  'perKelvinLitre',
  'perVolt',
  'perAmpere',
  'timesSecond',
  'timesSecondPerVolt',
  'timesSecondPerAmpere',
]

const single: Record<number, Combination> = {
  0x12: { note: 'average' },
  0x13: { note: 'inverseProfile' },
  0x14: { note: 'relativeDeviation' },
  0x1d: { note: 'standardContent' },
  0x1e: { note: 'numberedProfile' },
  0x1f: { note: 'profile' },
  0x39: { note: 'start', read: 'date' },
  0x3a: { note: 'uncorrected' },
  0x3b: { note: 'forward' },
  0x3c: { note: 'backward' },
  0x3d: { note: 'alternativeUnit' },
  0x3e: { note: 'baseConditions' },
  0x3f: { note: 'obis' },
  0x40: { note: 'lowerLimit' },
  0x48: { note: 'upperLimit' },
  0x41: { note: 'belowLimit', read: 'count' },
  0x49: { note: 'aboveLimit', read: 'count' },
  0x68: { note: 'whileBelowLimit' },
  0x69: { note: 'leakage' },
  0x6c: { note: 'whileAboveLimit' },
  0x6d: { note: 'overflow' },
  0x7d: { exponent: 3 },
  0x7e: { note: 'future' },
}

const secondsOf = [1, 60, 3600, 86400]

/** Meaning of a combinable code (without its extension bit), apart from 7C and 7F, which open further tables. */
export function combinationOf(code: number): Combination {
  const known = single[code]
  if (known) return known
  if (code === 0x00) return {}
  if (code < 0x10 || (code >= 0x15 && code <= 0x1c)) return { error: code }
  if (code >= 0x20 && code <= 0x38) return { note: per[code - 0x20] ?? 'reserved' }
  if (code >= 0x70 && code <= 0x77) return { exponent: code - 0x76 }
  if (code >= 0x78 && code <= 0x7b) return { note: 'correction', exponent: code - 0x7b }
  const limit = (code & 0x08) !== 0 ? 'aboveLimit' : 'belowLimit'
  const which = (code & 0x04) !== 0 ? 'last' : 'first'
  if (code >= 0x42 && code <= 0x4f) return { note: `${limit}:${which}:${edgeOf(code)}`, read: 'date' }
  if (code >= 0x50 && code <= 0x5f) return { note: `${limit}:${which}:duration`, read: 'count', factor: secondsOf[code & 3] ?? 1 }
  if (code >= 0x60 && code <= 0x67) return { note: `${which}:duration`, read: 'count', factor: secondsOf[code & 3] ?? 1 }
  if (code === 0x6a || code === 0x6b || code === 0x6e || code === 0x6f) return { note: `${which}:${edgeOf(code)}`, read: 'date' }
  return { note: 'reserved' }
}

function edgeOf(code: number): string {
  return (code & 1) !== 0 ? 'end' : 'begin'
}

const further: Record<number, string> = {
  0x01: 'phase1',
  0x02: 'phase2',
  0x03: 'phase3',
  0x04: 'neutral',
  0x05: 'phase1to2',
  0x06: 'phase2to3',
  0x07: 'phase3to1',
  0x08: 'quadrant1',
  0x09: 'quadrant2',
  0x0a: 'quadrant3',
  0x0b: 'quadrant4',
  0x0c: 'importLessExport',
  0x10: 'bothDirections',
}

/** Meaning of a code after FC among the combinable ones. */
export function furtherNoteOf(code: number): string {
  return further[code] ?? 'reserved'
}
