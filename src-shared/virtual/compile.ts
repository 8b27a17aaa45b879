import type { Quantity } from '../units.ts'
import { FaultyFormula } from './fault.ts'
import { parse } from './grammar.ts'
import { formulaLimits } from './limits.ts'
import {
  alike,
  canonicalScale,
  factorBetween,
  isPlain,
  measureOf,
  measureText,
  plainMeasure,
  unitMeasure,
  type Measure,
} from './measure.ts'
import { compileCall } from './compile-call.ts'
import { compilePair } from './compile-pair.ts'
import type { Program, ProgramInput, Step } from './program.ts'
import type { Node, Place } from './tree.ts'

export type KnownPoint = { series: number; is: Quantity }

/** Says what the points of a formula are. */
export type Points = {
  /** What stands in square brackets: `#12`, or device and point. `twice`: several are meant. */
  point(words: string): KnownPoint | 'twice' | null
  /** The point of all devices, or of those with a label. Null: there is no such point, or no such label. */
  group(point: string, tag: string | null): readonly KnownPoint[] | null
}

/** `bare`: made of numbers alone, which take the unit of what they meet. */
export type Typed = { measure: Measure; bare: boolean }

export type Compiling = {
  points: Points
  /** A person vouches for the unit of the result: no unit is checked, every value counts in its canonical unit. */
  trusting: boolean
  emit(step: Step): void
  input(series: number, back: number, place: Place): number
  node(node: Node): Typed
}

export type CompileOptions = { is: Quantity; trusting: boolean; points: Points }

/**
 * Reads a formula, finds its points, checks its units against those of the quantity `is`, and returns what is to be calculated, in
 * canonical units. Throws FaultyFormula.
 */
export function compile(text: string, { is, trusting, points }: CompileOptions): Program {
  const tree = parse(text)
  const steps: Step[] = []
  const inputs: ProgramInput[] = []
  const known = new Map<string, number>()
  const compiling: Compiling = {
    points,
    trusting,
    emit: (step) => void steps.push(step),
    input(series, back, place) {
      const key = `${series} ${back}`
      const before = known.get(key)
      if (before !== undefined) return before
      if (inputs.length >= formulaLimits.inputs)
        throw new FaultyFormula('tooManyInputs', place.at, place.end - place.at, { most: String(formulaLimits.inputs) })
      known.set(key, inputs.length)
      return inputs.push({ series, back }) - 1
    },
    node: (node) => compileNode(node, compiling),
  }
  const result = compiling.node(tree)
  const wanted = measureOf(is)
  if (!wanted) throw new FaultyFormula('result', 0, text.length, { found: measureText(result.measure), wanted: is })
  if (!trusting) convert(result, wanted, tree, compiling)
  return { steps, inputs, past: steps.some((step) => step.do === 'increase') || inputs.some(({ back }) => back > 0) }
}

function convert(found: Typed, wanted: Measure, place: Place, { emit }: Compiling): void {
  if (found.bare) return
  if (!alike(found.measure, wanted))
    throw new FaultyFormula('result', place.at, place.end - place.at, { found: measureText(found.measure), wanted: measureText(wanted) })
  const factor = factorBetween(found.measure, wanted)
  if (factor !== 1) emit({ do: 'scale', factor, at: place.at, end: place.end })
}

function compileNode(node: Node, compiling: Compiling): Typed {
  const { emit, points, trusting } = compiling
  const { at, end } = node
  switch (node.kind) {
    case 'number': {
      const measure = node.unit === null ? plainMeasure : unitMeasure(node.unit)
      const value = trusting ? node.value * factorBetween(measure, { scale: canonicalScale(measure) }) : node.value
      emit({ do: 'number', value, at, end })
      return { measure, bare: node.unit === null }
    }
    case 'point': {
      const point = knownPoint(node.words, node, points)
      emit({ do: 'input', input: compiling.input(point.series, 0, node), at, end })
      return { measure: pointMeasure(point, node), bare: false }
    }
    case 'group':
      throw new FaultyFormula('groupPlace', at, end - at)
    case 'sign': {
      const of = compiling.node(node.of)
      if (!trusting && of.measure.point) throw new FaultyFormula('multiplyTemperature', at, end - at)
      if (!trusting && node.sign === 'not') needCondition(of, node.of)
      emit({ do: node.sign === '-' ? 'negate' : 'not', at, end })
      return node.sign === '-' ? of : { measure: plainMeasure, bare: false }
    }
    case 'pair':
      return compilePair(node, compiling)
    case 'call':
      return compileCall(node, compiling)
  }
}

/** Throws FaultyFormula when nothing, or more than one thing, is meant. */
export function knownPoint(words: string, { at, end }: Place, points: Points): KnownPoint {
  const point = points.point(words)
  if (point === null) throw new FaultyFormula('point', at, end - at, { point: words.slice(0, 120) })
  if (point === 'twice') throw new FaultyFormula('pointTwice', at, end - at, { point: words.slice(0, 120) })
  return point
}

/** Throws FaultyFormula for a text. */
export function pointMeasure({ is }: KnownPoint, { at, end }: Place): Measure {
  const measure = measureOf(is)
  if (!measure) throw new FaultyFormula('pointText', at, end - at)
  return measure
}

export function needCondition({ measure }: Typed, { at, end }: Place): void {
  if (!isPlain(measure)) throw new FaultyFormula('condition', at, end - at, { found: measureText(measure) })
}
