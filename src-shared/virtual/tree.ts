/** A place in the text, characters from its beginning. */
export type Place = { at: number; end: number }

export const comparisons = ['<', '<=', '>', '>=', '=', '<>'] as const
export type Operator = '+' | '-' | '*' | '/' | '^' | 'and' | 'or' | (typeof comparisons)[number]

/** A formula as it was read: nothing of it is executed, and no word in it means anything beyond what `functions` lists. */
export type Node = Place &
  (
    | { kind: 'number'; value: number; unit: string | null }
    | { kind: 'point'; words: string }
    | { kind: 'group'; point: string; tag: string | null }
    | { kind: 'sign'; sign: '-' | 'not'; of: Node }
    | { kind: 'pair'; operator: Operator; left: Node; right: Node }
    | { kind: 'call'; name: FunctionName; args: Node[] }
  )

/** Functions with the fewest and the most arguments that each takes. */
export const functions = new Map([
  ['if', [3, 3]],
  ['min', [1, Infinity]],
  ['max', [1, Infinity]],
  ['mean', [1, Infinity]],
  ['sum', [1, Infinity]],
  ['median', [1, Infinity]],
  ['count', [1, Infinity]],
  ['abs', [1, 1]],
  ['round', [1, 2]],
  ['clamp', [3, 3]],
  ['lag', [2, 2]],
  ['delta', [1, 2]],
] as const satisfies [string, [number, number]][])
export type FunctionName = 'if' | 'min' | 'max' | 'mean' | 'sum' | 'median' | 'count' | 'abs' | 'round' | 'clamp' | 'lag' | 'delta'

/** Functions that take the members of groups together. */
export const aggregates = ['min', 'max', 'mean', 'sum', 'median', 'count'] as const
export type Aggregate = (typeof aggregates)[number]

export function isAggregate(name: FunctionName): name is Aggregate {
  return (aggregates as readonly string[]).includes(name)
}
