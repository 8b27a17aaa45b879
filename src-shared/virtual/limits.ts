/** Bounds that hold for every formula, so that none can take the program's time or memory. */
export const formulaLimits = {
  /** Characters as a person writes it. */
  text: 60_000,
  /** Brackets and functions inside each other. */
  depth: 64,
  /** Points, numbers, operators and functions. */
  nodes: 4000,
  /** Points, those of groups counted one by one. */
  inputs: 1000,
  /** Formulas of an installation. */
  formulas: 500,
} as const

export const slotMs = 15 * 60_000
/** The longest time that lag and delta look back. */
export const longestLagMs = 31 * 24 * 3_600_000
