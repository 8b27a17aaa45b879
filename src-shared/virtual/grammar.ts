import { FaultyFormula } from './fault.ts'
import { formulaLimits } from './limits.ts'
import { isUnit } from './measure.ts'
import { tokensOf, type Token } from './tokens.ts'
import { comparisons, functions, type FunctionName, type Node, type Operator } from './tree.ts'

/** Reads a formula into a tree, in bounded time and depth (limits.ts). Throws FaultyFormula and nothing else. */
export function parse(text: string): Node {
  const parser = new Parser(tokensOf(text))
  return parser.whole()
}

/** From weakest to strongest; what stands in one row is taken from left to right. */
const levels: readonly (readonly Operator[])[] = [['or'], ['and'], comparisons, ['+', '-'], ['*', '/']]

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0
  #nodes = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Node {
    const first = this.#look()
    if (first.kind === 'end') throw new FaultyFormula('empty', 0, 0)
    const node = this.#level(0)
    const rest = this.#look()
    if (rest.kind !== 'end') throw this.#unexpected(rest)
    return node
  }

  #level(level: number): Node {
    const operators = levels[level]
    if (!operators) return this.#signed()
    let left = level === 2 && this.#word() === 'not' ? this.#not() : this.#level(level + 1)
    for (let count = 0; ; count++) {
      const operator = this.#operator(operators)
      if (!operator) return left
      // 1 < x < 3 would compare x with the answer to the first question.
      if (level === 2 && count > 0) throw this.#unexpected(this.#look())
      this.#next++
      const right = this.#level(level + 1)
      left = this.#node({ kind: 'pair', operator, left, right, at: left.at, end: right.end })
    }
  }

  #not(): Node {
    const { at } = this.#take()
    return this.#deeper(at, () => {
      const of = this.#level(2)
      return this.#node({ kind: 'sign', sign: 'not', of, at, end: of.end })
    })
  }

  #signed(): Node {
    const token = this.#look()
    if (token.kind !== 'sign' || (token.sign !== '-' && token.sign !== '+')) return this.#power()
    this.#next++
    return this.#deeper(token.at, () => {
      const of = this.#signed()
      return token.sign === '+' ? of : this.#node({ kind: 'sign', sign: '-', of, at: token.at, end: of.end })
    })
  }

  #power(): Node {
    const left = this.#primary()
    const token = this.#look()
    if (token.kind !== 'sign' || token.sign !== '^') return left
    this.#next++
    return this.#deeper(token.at, () => {
      const right = this.#signed()
      return this.#node({ kind: 'pair', operator: '^', left, right, at: left.at, end: right.end })
    })
  }

  #primary(): Node {
    const token = this.#take()
    const { at, end } = token
    if (token.kind === 'number') return this.#number(token.value, at, end)
    if (token.kind === 'point') {
      if (token.words === '') throw new FaultyFormula('point', at, end - at, { point: '' })
      return this.#node({ kind: 'point', words: token.words, at, end })
    }
    if (token.kind === 'group') return this.#node({ ...groupOf(token.words, at, end), kind: 'group', at, end })
    if (token.kind === 'sign' && token.sign === '(') return this.#deeper(at, () => this.#bracket(at))
    if (token.kind === 'name') return this.#named(token.name, at, end)
    if (token.kind === 'end') throw new FaultyFormula('ended', at, 0)
    throw this.#unexpected(token)
  }

  #number(value: number, at: number, end: number): Node {
    const after = this.#look()
    const isCall = this.#look(1).kind === 'sign' && (this.#look(1) as { sign: string }).sign === '('
    if (after.kind !== 'name' || !isUnit(after.name) || (isCall && functions.has(after.name as FunctionName)))
      return this.#node({ kind: 'number', value, unit: null, at, end })
    this.#next++
    return this.#node({ kind: 'number', value, unit: after.name, at, end: after.end })
  }

  #bracket(at: number): Node {
    const inner = this.#level(0)
    const close = this.#take()
    if (close.kind === 'end') throw new FaultyFormula('unclosed', at, 1, { sign: '(' })
    if (close.kind !== 'sign' || close.sign !== ')') throw this.#unexpected(close)
    return { ...inner, at, end: close.end }
  }

  #named(word: string, at: number, end: number): Node {
    const open = this.#look()
    const name = word.toLowerCase() as FunctionName
    if (open.kind === 'sign' && open.sign === '(' && functions.has(name)) return this.#deeper(at, () => this.#call(name, at))
    if (isUnit(word)) return this.#node({ kind: 'number', value: 1, unit: word, at, end })
    throw new FaultyFormula('name', at, end - at, { name: word.slice(0, 40) })
  }

  #call(name: FunctionName, at: number): Node {
    const open = this.#take()
    const args: Node[] = []
    for (;;) {
      args.push(this.#level(0))
      const token = this.#take()
      if (token.kind === 'end') throw new FaultyFormula('unclosed', open.at, 1, { sign: '(' })
      if (token.kind === 'sign' && token.sign === ')') return this.#checked(name, args, at, token.end)
      if (token.kind !== 'sign' || token.sign !== ',') throw this.#unexpected(token)
    }
  }

  #checked(name: FunctionName, args: Node[], at: number, end: number): Node {
    const [least = 1, most = Infinity] = functions.get(name) ?? []
    if (args.length < least || args.length > most) {
      const needed = least === most ? String(least) : Number.isFinite(most) ? `${least}–${most}` : `≥ ${least}`
      throw new FaultyFormula('arguments', at, end - at, { name, needed, found: String(args.length) })
    }
    return this.#node({ kind: 'call', name, args, at, end })
  }

  #operator(wanted: readonly Operator[]): Operator | undefined {
    const token = this.#look()
    const word = token.kind === 'sign' ? token.sign : this.#word()
    return wanted.find((operator) => operator === word)
  }

  /** The word that comes next when it is a name, in small letters. */
  #word(): string | null {
    const token = this.#look()
    return token.kind === 'name' ? token.name.toLowerCase() : null
  }

  #deeper(at: number, read: () => Node): Node {
    if (++this.#depth > formulaLimits.depth) throw new FaultyFormula('tooDeep', at, 1, { most: String(formulaLimits.depth) })
    const node = read()
    this.#depth--
    return node
  }

  #node(node: Node): Node {
    if (++this.#nodes > formulaLimits.nodes) throw new FaultyFormula('tooLarge', node.at, 0, { most: String(formulaLimits.nodes) })
    return node
  }

  #look(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as Token
  }

  #take(): Token {
    const token = this.#look()
    this.#next++
    return token
  }

  #unexpected(token: Token): FaultyFormula {
    if (token.kind === 'end') return new FaultyFormula('ended', token.at, 0)
    const found =
      token.kind === 'sign' ? token.sign : token.kind === 'name' ? token.name : token.kind === 'number' ? String(token.value) : ''
    return new FaultyFormula('unexpected', token.at, token.end - token.at, { found: found === '' ? '[ ]' : found.slice(0, 40) })
  }
}

/** `circuit1.flow of north side` is that point of the devices with the label; without `of`, of all devices. */
function groupOf(words: string, at: number, end: number): { point: string; tag: string | null } {
  const [, point, tag] = /^(\S+)(?:\s+of\s+(.+))?$/s.exec(words) ?? []
  if (point === undefined) throw new FaultyFormula('group', at, end - at)
  return { point, tag: tag?.trim() ?? null }
}
