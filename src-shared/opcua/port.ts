import type { Address } from '../acquisition/port.ts'
import type { Endpoint } from '../devices/way.ts'
import type { Worth } from './policy.ts'
import type { Certificate } from './trust.ts'

/** One way in that a server offers; `der` is the certificate itself, base64. */
export type OfferedEndpoint = {
  policy: string
  mode: Endpoint['mode']
  worth: Worth
  identities: ('anonymous' | 'password' | 'certificate')[]
  server: string
  certificate: (Certificate & { der: string }) | null
}

export const nodeClasses = ['object', 'variable', 'method', 'other'] as const

/** What a node holds now. `value` is the plain number (null: none), `text` the same for a person; `status` 0 is good. */
export type NodeValue = {
  value: number | null
  text: string
  type: string
  status: number
  statusName: string
  quality: string
  at: number | null
  writable: boolean
}

/** `node` stays right after the server has started anew, `id` is what it calls the node now, `step` leads to it from its parent. */
export type TreeNode = {
  node: string
  id: string
  step: string
  name: string
  class: (typeof nodeClasses)[number]
  holds: NodeValue | null
}

export type OpcuaLogin = { address: Address; secret: string | undefined }

export type OpcuaPort = {
  /** Which ways in a server offers. Nothing is signed in to. Rejects with a Failure. */
  opcuaEndpoints(input: { host: string; port: number; path: string }): OfferedEndpoint[]
  /** The nodes below one (the folder Objects when absent), a page at a time: `cursor` is what the page before gave as `more`. */
  opcuaBrowse(input: OpcuaLogin & { node: string | undefined; cursor: string | undefined }): { nodes: TreeNode[]; more: string | null }
  /** What nodes hold now, named as in profiles relative to the address's member; null for one that the server does not have. */
  opcuaRead(input: OpcuaLogin & { nodes: readonly string[] }): (NodeValue | null)[]
  /** Hearthgrid's own certificate, which a server may have to be told. */
  opcuaOwn(input: Record<string, never>): Certificate & { pem: string }
}
