import type { DataValue, NodeId } from 'node-opcua-client'
import type { NodeValue } from '#shared/opcua/port.ts'
import type { Connected } from './connection.ts'
import { nodesAtOnce } from './read.ts'
import { qualityOf, statusName } from './status.ts'
import { clip, rawOf, statusOf, textOf, type Answered } from './value.ts'

const canWrite = 2

/** What nodes hold now and whether this user may change them, in words for a person; many in one request. */
export async function readForPerson({ opcua, session }: Connected, nodes: readonly NodeId[], now: number): Promise<NodeValue[]> {
  const { AttributeIds, DataType } = opcua
  const told: NodeValue[] = []
  const size = nodesAtOnce / 2
  for (let i = 0; i < nodes.length; i += size) {
    const part = nodes.slice(i, i + size)
    const answers = await session.read(
      part.flatMap((nodeId) => [AttributeIds.Value, AttributeIds.UserAccessLevel].map((attributeId) => ({ nodeId, attributeId }))),
    )
    part.forEach((_, k) => told.push(tell(answers[2 * k], answers[2 * k + 1], (type) => DataType[type] ?? '', now)))
  }
  return told
}

export function tell(
  held: Answered | undefined,
  access: DataValue | Answered | undefined,
  typeName: (type: number) => string,
  now: number,
): NodeValue {
  const status = statusOf(held)
  const raw = rawOf(held)
  const dataType = held?.value?.dataType
  const level: unknown = access?.value?.value
  const at = held?.sourceTimestamp instanceof Date ? held.sourceTimestamp.getTime() : Number.NaN
  const isArray = held?.value?.arrayType === 1 || held?.value?.arrayType === 2
  return {
    value: Number.isFinite(raw) ? raw : null,
    text: textOf(held),
    type: (typeof dataType === 'number' ? clip(typeName(dataType)) : '') + (isArray ? '[]' : ''),
    status,
    statusName: status === 0 ? '' : nameIn(held) || statusName(status),
    quality: qualityOf(status),
    at: at > 0 && at <= now + 86_400_000 ? at : null,
    writable: typeof level === 'number' && (level & canWrite) !== 0,
  }
}

function nameIn(held: Answered | undefined): string {
  const code: unknown = held?.statusCode
  return typeof code === 'object' && code !== null && 'name' in code ? clip(code.name) : ''
}
