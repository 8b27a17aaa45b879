import type { NodeId, ReferenceDescription } from 'node-opcua-client'
import { Failure } from '#shared/failures.ts'
import { stepText } from '#shared/opcua/node.ts'
import type { nodeClasses, TreeNode } from '#shared/opcua/port.ts'
import type { Connected } from './connection.ts'
import type { Nodes } from './nodes.ts'
import { readForPerson } from './tell.ts'
import { clip } from './value.ts'

/** Nodes in one page, and the most that are taken of a server that does not keep to it. */
const pageSize = 100
const mostInPage = 1000
const longestCursorBytes = 4096
const hierarchical = 'i=33'
const objectsFolder = 'i=85'

type Asked = { base: string | undefined; node: string | undefined; cursor: string | undefined }

/** One page of what lies below a node, with what the variables among it hold. Throws a Failure or an error of the library. */
export async function browseBelow(
  visit: Connected,
  nodes: Nodes,
  asked: Asked,
  now: number,
): Promise<{ nodes: TreeNode[]; more: string | null }> {
  const { opcua, session } = visit
  const found =
    asked.cursor === undefined ? await start(visit, nodes, asked) : await session.browseNext(Buffer.from(asked.cursor, 'base64'), false)
  if (found.statusCode.value >= 0x80000000) {
    if (found.statusCode === opcua.StatusCodes.BadContinuationPointInvalid) throw new Failure('conflict', { what: 'page' })
    throw new Failure('opcua.nodeMissing', { node: clip(asked.node ?? ''), status: found.statusCode.name })
  }
  const references = (found.references ?? []).slice(0, mostInPage).filter(({ nodeId }) => nodeId.serverIndex === 0)
  const variables = references.filter((one) => one.nodeClass === opcua.NodeClass.Variable)
  const held = await readForPerson(
    visit,
    variables.map(({ nodeId }) => opcua.resolveNodeId(nodeId)),
    now,
  )
  const seen = new Set<string>()
  const rows = references.flatMap((reference) => {
    const row = rowOf(visit, nodes, reference, held[variables.indexOf(reference)] ?? null)
    return seen.has(row.node) || seen.size > mostInPage ? [] : (seen.add(row.node), [row])
  })
  const more = found.continuationPoint
  return { nodes: rows, more: more && more.length > 0 && more.length < longestCursorBytes ? more.toString('base64') : null }
}

async function start({ opcua, session }: Connected, nodes: Nodes, { base, node }: Asked) {
  const [from] = await nodes.resolve(base || undefined, [node ?? objectsFolder])
  if (!from) throw new Failure('opcua.nodeMissing', { node: clip(node ?? '') })
  const { BrowseDirection, NodeClass } = opcua
  session.requestedMaxReferencesPerNode = pageSize
  return session.browse({
    nodeId: from,
    referenceTypeId: hierarchical,
    includeSubtypes: true,
    browseDirection: BrowseDirection.Forward,
    nodeClassMask: NodeClass.Object | NodeClass.Variable | NodeClass.Method,
    resultMask: 63,
  })
}

function rowOf({ opcua }: Connected, nodes: Nodes, reference: ReferenceDescription, holds: TreeNode['holds']): TreeNode {
  const { NodeClass } = opcua
  const id: NodeId = opcua.resolveNodeId(reference.nodeId)
  const { namespaceIndex, name } = reference.browseName
  const uri = nodes.namespaces[namespaceIndex]
  const classes: Partial<Record<number, (typeof nodeClasses)[number]>> = {
    [NodeClass.Object]: 'object',
    [NodeClass.Variable]: 'variable',
    [NodeClass.Method]: 'method',
  }
  return {
    node: nodes.lasting(id),
    id: clip(id.toString()),
    step: stepText({ namespace: namespaceIndex > 0 && uri && !uri.includes(';') ? uri : namespaceIndex, name: name ?? '' }),
    name: clip(reference.displayName.text ?? name ?? ''),
    class: classes[reference.nodeClass] ?? 'other',
    holds,
  }
}
