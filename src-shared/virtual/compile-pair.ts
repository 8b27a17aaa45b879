import { needCondition, type Compiling, type Typed } from './compile.ts'
import { FaultyFormula } from './fault.ts'
import { alike, factorBetween, isPlain, measureText, plainMeasure, raised, times, type Measure } from './measure.ts'
import type { Step } from './program.ts'
import type { Node, Operator } from './tree.ts'

type Pair = Extract<Node, { kind: 'pair' }>

const acts = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '^': 'power',
  and: 'and',
  or: 'or',
  '<': 'less',
  '<=': 'atMost',
  '>': 'more',
  '>=': 'atLeast',
  '=': 'equal',
  '<>': 'unequal',
} as const satisfies Record<Operator, Step['do']>

/** Two operands and what becomes of their units. */
export function compilePair(node: Pair, compiling: Compiling): Typed {
  const { at, end, operator } = node
  const left = compiling.node(node.left)
  const right = compiling.node(node.right)
  const emit = () => compiling.emit({ do: acts[operator], at, end })
  if (compiling.trusting) {
    emit()
    return { measure: plainMeasure, bare: false }
  }
  const measure = measureOfPair(node, left, right, compiling)
  emit()
  return { measure, bare: left.bare && right.bare && operator !== 'and' && operator !== 'or' && !isComparison(operator) }
}

const isComparison = (operator: Operator) => !['+', '-', '*', '/', '^', 'and', 'or'].includes(operator)

function measureOfPair(node: Pair, left: Typed, right: Typed, compiling: Compiling): Measure {
  const { operator, at, end } = node
  switch (operator) {
    case '+':
    case '-':
      return summed(node, left, right, compiling)
    case '*':
    case '/':
      if (left.measure.point || right.measure.point) throw new FaultyFormula('multiplyTemperature', at, end - at)
      return times(left.measure, right.measure, operator === '*' ? 1 : -1)
    case '^':
      return powered(node, left, right)
    case 'and':
    case 'or':
      needCondition(left, node.left)
      needCondition(right, node.right)
      return plainMeasure
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '=':
    case '<>':
      meet(left, right, node, 'compare', compiling)
      return plainMeasure
  }
}

/** °C − °C = K, °C ± K = °C; otherwise like and like. A bare number is a difference where it meets a temperature. */
function summed(node: Pair, left: Typed, right: Typed, compiling: Compiling): Measure {
  const { operator, at, end } = node
  const plus = operator === '+'
  const degrees = left.measure.point || right.measure.point
  if (!degrees) return meet(left, right, node, plus ? 'add' : 'subtract', compiling)
  if (left.measure.point && right.measure.point) {
    if (plus) throw new FaultyFormula('addTemperatures', at, end - at)
    return { ...left.measure, point: false }
  }
  const [temperature, other] = left.measure.point ? [left, right] : [right, left]
  // 20 − [outdoor] can only mean 20 °C.
  if (other.bare) return plus || left.measure.point ? temperature.measure : { ...temperature.measure, point: false }
  const isDifference = alike({ ...other.measure, point: true }, temperature.measure)
  if (!isDifference || (!plus && right.measure.point))
    throw new FaultyFormula(plus ? 'add' : 'subtract', at, end - at, { left: measureText(left.measure), right: measureText(right.measure) })
  return temperature.measure
}

/**
 * The measure that both have, after the one that was pushed last has been brought into the size of the other. A bare number takes
 * the measure of what it meets.
 */
export function meet(
  left: Typed,
  right: Typed,
  { at, end }: Node,
  fault: 'add' | 'subtract' | 'compare' | 'alike',
  { emit }: Compiling,
): Measure {
  if (left.bare) return right.measure
  if (right.bare) return left.measure
  if (!alike(left.measure, right.measure))
    throw new FaultyFormula(fault, at, end - at, { left: measureText(left.measure), right: measureText(right.measure) })
  const factor = factorBetween(right.measure, left.measure)
  if (factor !== 1) emit({ do: 'scale', factor, at, end })
  return left.measure
}

function powered({ right: exponent, at, end }: Pair, left: Typed, right: Typed): Measure {
  if (!isPlain(right.measure)) throw new FaultyFormula('power', at, end - at)
  if (left.bare || isPlain(left.measure)) return plainMeasure
  const whole = exponent.kind === 'number' && Number.isInteger(exponent.value) && exponent.value >= 1 && exponent.value <= 9
  if (!whole || left.measure.point) throw new FaultyFormula('power', at, end - at)
  return raised(left.measure, exponent.value)
}
