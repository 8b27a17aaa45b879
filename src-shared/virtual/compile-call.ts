import { knownPoint, needCondition, pointMeasure, type Compiling, type KnownPoint, type Typed } from './compile.ts'
import { meet } from './compile-pair.ts'
import { FaultyFormula } from './fault.ts'
import { longestLagMs, slotMs } from './limits.ts'
import { alike, measureText, plainMeasure, unitMeasure, type Measure } from './measure.ts'
import { isAggregate, type Aggregate, type Node } from './tree.ts'

type Call = Extract<Node, { kind: 'call' }>
type Group = Extract<Node, { kind: 'group' }>

const hourMs = 3_600_000

/** A function, its arguments and what becomes of their units. */
export function compileCall(node: Call, compiling: Compiling): Typed {
  const { name, args, at, end } = node
  const { trusting, emit } = compiling
  if (isAggregate(name)) return together(node, name, compiling)
  const [first, second] = args as [Node, Node | undefined]
  switch (name) {
    case 'lag':
    case 'delta':
      return past(node, compiling, () => {
        throw new FaultyFormula('groupPlace', first.at, first.end - first.at)
      })
    case 'abs': {
      const of = compiling.node(first)
      if (!trusting && of.measure.point) throw new FaultyFormula('multiplyTemperature', at, end - at)
      emit({ do: 'abs', at, end })
      return of
    }
    case 'round': {
      const of = compiling.node(first)
      const digits = second === undefined ? 0 : second.kind === 'number' && second.unit === null ? second.value : Number.NaN
      if (!Number.isInteger(digits) || digits > 9)
        throw new FaultyFormula('arguments', second?.at ?? at, second ? second.end - second.at : 0, { name, needed: '0–9', found: '…' })
      emit({ do: 'round', digits, at, end })
      return of
    }
    case 'if': {
      const condition = compiling.node(first)
      if (!trusting) needCondition(condition, first)
      const typed = allAlike(args.slice(1), node, compiling)
      emit({ do: 'choose', at, end })
      return typed
    }
    case 'clamp': {
      const typed = allAlike(args, node, compiling)
      emit({ do: 'clamp', at, end })
      return typed
    }
    default:
      throw new FaultyFormula('name', at, end - at, { name })
  }
}

/** Pushes values that must be of one kind, each in the size of the first one that is no bare number. */
function allAlike(nodes: readonly Node[], whole: Node, compiling: Compiling): Typed {
  let typed: Typed = { measure: plainMeasure, bare: true }
  for (const node of nodes) typed = joined(typed, compiling.node(node), { ...whole, at: node.at, end: node.end }, compiling)
  return typed
}

function joined(before: Typed, next: Typed, node: Node, compiling: Compiling): Typed {
  if (compiling.trusting) return next
  const measure = meet(before, next, node, 'alike', compiling)
  return { measure, bare: before.bare && next.bare }
}

/** Values of arguments and of the members of groups, taken together. A group may have holes, and what is named one by one may not. */
function together(node: Call, name: Aggregate, compiling: Compiling): Typed {
  const { args, at, end } = node
  let typed: Typed = { measure: plainMeasure, bare: true }
  let of = 0
  let holes = false
  const join = (next: Typed, place: Node) => {
    typed = joined(typed, next, place, compiling)
    of++
  }
  for (const arg of args) {
    const inner = arg.kind === 'call' && (arg.name === 'lag' || arg.name === 'delta') ? arg.args[0] : arg
    if (inner?.kind !== 'group') join(compiling.node(arg), arg)
    else {
      holes = true
      members(inner, arg, compiling, (measure) => join({ measure, bare: false }, arg))
    }
  }
  if (!compiling.trusting && name === 'sum' && typed.measure.point) throw new FaultyFormula('addTemperatures', at, end - at)
  compiling.emit({ do: 'together', name, of, holes, at, end })
  return name === 'count' ? { measure: plainMeasure, bare: false } : typed
}

/** Pushes every member of a group, as it is, as it was, or what it went up by. */
function members(group: Group, arg: Node, compiling: Compiling, pushed: (measure: Measure) => void): void {
  const { at, end } = group
  const found = compiling.points.group(group.point, group.tag)
  if (found === null) throw new FaultyFormula('tag', at, end - at, { tag: (group.tag ?? '').slice(0, 40) })
  let first: Measure | null = null
  for (const point of found) {
    const measure = pointMeasure(point, group)
    if (first && !alike(first, measure) && !compiling.trusting)
      throw new FaultyFormula('groupMixed', at, end - at, { left: measureText(first), right: measureText(measure) })
    first = measure
    if (arg.kind === 'call') past(arg, compiling, () => point)
    else compiling.emit({ do: 'input', input: compiling.input(point.series, 0, group), at, end })
    pushed(arg.kind === 'call' && arg.name === 'delta' ? { ...measure, point: false } : measure)
  }
}

/** What a point was some time ago, or what a register has gone up by since. `member` names the point where a group stands. */
function past(node: Call, compiling: Compiling, member: () => KnownPoint): Typed {
  const { name, args, at, end } = node
  const [of, interval] = args as [Node, Node | undefined]
  if (of.kind !== 'point' && of.kind !== 'group') throw new FaultyFormula('past', of.at, of.end - of.at, { name })
  const point = of.kind === 'point' ? knownPoint(of.words, of, compiling.points) : member()
  const measure = pointMeasure(point, of)
  const back = slotsOf(interval, node)
  if (name === 'delta') {
    if (!registers.has(point.is)) throw new FaultyFormula('register', of.at, of.end - of.at, { found: measureText(measure) })
    compiling.emit({ do: 'input', input: compiling.input(point.series, 0, of), at, end })
  }
  compiling.emit({ do: 'input', input: compiling.input(point.series, back, of), at, end })
  if (name === 'delta') compiling.emit({ do: 'increase', at, end })
  return { measure, bare: false }
}

/** What only goes up. */
const registers: ReadonlySet<string> = new Set(['energy', 'volume', 'count', 'number', 'duration'])

/** Quarter hours of an interval such as 1 h; one when none is given. */
function slotsOf(interval: Node | undefined, { at, end }: Node): number {
  if (interval === undefined) return 1
  const place = [interval.at, interval.end - interval.at] as const
  if (interval.kind !== 'number' || interval.unit === null || !alike(unitMeasure(interval.unit), unitMeasure('h')))
    throw new FaultyFormula('interval', ...place)
  const ms = Math.round(interval.value * unitMeasure(interval.unit).scale * hourMs)
  if (ms < slotMs || ms > longestLagMs || ms % slotMs !== 0) throw new FaultyFormula('interval', at, end - at)
  return ms / slotMs
}
