/** What can be wrong with a formula. Each has its own sentence in the locales. */
export const faultCodes = [
  'empty',
  'tooLong',
  'tooDeep',
  'tooLarge',
  'tooManyInputs',
  'sign',
  'number',
  'unclosed',
  'unexpected',
  'ended',
  'name',
  'arguments',
  'point',
  'pointTwice',
  'pointText',
  'tag',
  'group',
  'groupPlace',
  'groupMixed',
  'interval',
  'past',
  'register',
  'add',
  'addTemperatures',
  'subtract',
  'multiplyTemperature',
  'compare',
  'alike',
  'condition',
  'power',
  'result',
  'noPoint',
  'ring',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** Where in the text (characters from its beginning), and the words that the sentence needs. */
export type FormulaFault = { code: FaultCode; at: number; length: number; params: Record<string, string> }

/** The only error that reading a formula throws. */
export class FaultyFormula extends Error {
  readonly fault: FormulaFault

  constructor(code: FaultCode, at: number, length: number, params: Record<string, string> = {}) {
    super(`${code} at ${at}`)
    this.name = 'FaultyFormula'
    this.fault = { code, at, length, params }
  }
}
