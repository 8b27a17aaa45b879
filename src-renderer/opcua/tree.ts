import type { OpcuaTreeNode } from '#shared/opcua/contract.ts'

/** A node in the tree with the way to it from Objects, itself the last. */
export type Placed = { node: OpcuaTreeNode; trail: readonly { node: string; step: string }[] }

const longest = 500

export function placed(node: OpcuaTreeNode, above: Placed['trail']): Placed {
  return { node, trail: [...above, { node: node.node, step: node.step }] }
}

/**
 * How a mapping names a node: from the base node of the device when it lies below that, so that the mapping fits other devices of
 * the same kind; by its own id otherwise.
 */
export function nameOf({ node, trail }: Placed, base: string): string {
  const at = base === '' ? -1 : trail.findIndex((one) => one.node === base)
  const path = trail
    .slice(at + 1)
    .map(({ step }) => step)
    .join('')
  return at < 0 || path === '' || path.length > longest ? node.node : path
}
