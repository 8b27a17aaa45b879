import type { Aggregate } from './tree.ts'

/** One step of a calculation on a stack of values; `at` and `end` are the place in the text that it comes from. */
export type Step = { at: number; end: number } & (
  | { do: 'number'; value: number }
  /** Pushes an input. */
  | { do: 'input'; input: number }
  /** Multiplies the top by a factor between units. */
  | { do: 'scale'; factor: number }
  | { do: 'negate' | 'not' | 'abs' }
  | {
      do: 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'less' | 'atMost' | 'more' | 'atLeast' | 'equal' | 'unequal' | 'and' | 'or'
    }
  /** Of three: condition, value when it holds, value when it does not. */
  | { do: 'choose' }
  /** Of three: value, lowest, highest. */
  | { do: 'clamp' }
  | { do: 'round'; digits: number }
  /** Of two: what a register shows, and what it showed before. */
  | { do: 'increase' }
  /** Of the top `of`. With `holes`, those that have no value are left out as long as enough have one. */
  | { do: 'together'; name: Aggregate; of: number; holes: boolean }
)

/** A series, as it is or as it was so many quarter hours before. */
export type ProgramInput = { series: number; back: number }

/** A formula ready to be calculated. `past`: it looks back, so that it has a value for each quarter hour and none between. */
export type Program = { steps: readonly Step[]; inputs: readonly ProgramInput[]; past: boolean }
