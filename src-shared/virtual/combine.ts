import type { Step } from './program.ts'

/** What takes two values. */
export type Pair = Exclude<Step['do'], 'number' | 'input' | 'scale' | 'negate' | 'not' | 'abs' | 'round' | 'choose' | 'clamp' | 'together'>

const truth = (holds: boolean) => (holds ? 1 : 0)

/** What two values make. A truth is 1 or 0; every number but 0 is taken for true. */
export function combine(act: Pair, left: number, right: number): number {
  switch (act) {
    case 'add':
      return left + right
    case 'subtract':
    case 'increase':
      return left - right
    case 'multiply':
      return left * right
    case 'divide':
      return left / right
    case 'power':
      return left ** right
    case 'less':
      return truth(left < right)
    case 'atMost':
      return truth(left <= right)
    case 'more':
      return truth(left > right)
    case 'atLeast':
      return truth(left >= right)
    case 'equal':
      return truth(left === right)
    case 'unequal':
      return truth(left !== right)
    case 'and':
      return truth(left !== 0 && right !== 0)
    case 'or':
      return truth(left !== 0 || right !== 0)
  }
}
