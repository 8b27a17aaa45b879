import type { ClientSession, NodeId } from 'node-opcua-client'
import { parseNode, type NodeRef, type PathStep } from '#shared/opcua/node.ts'
import type { Library } from './library.ts'

/** Found again after this long, since a server may learn new nodes while it runs. */
const lookAgainMs = 5 * 60_000
const pathsAtOnce = 200
const objectsFolder = 'i=85'
const namespaceArray = 'i=2255'
/** A path leaves its base by any reference that makes a hierarchy. */
const hierarchical = 'i=33'

type Found = { node: NodeId | null; at: number }

/** Node ids for what profiles name, asked of the server once for each connection. */
export class Nodes {
  readonly #opcua: Library
  readonly #session: ClientSession
  readonly #clock: () => number
  readonly #found = new Map<string, Found>()
  #namespaces: string[] = []

  constructor(opcua: Library, session: ClientSession, clock: () => number) {
    this.#opcua = opcua
    this.#session = session
    this.#clock = clock
  }

  /** Reads the namespaces of the server, which may come in another order after each of its starts. */
  async begin(): Promise<void> {
    const answered = await this.#session.read({ nodeId: namespaceArray, attributeId: this.#opcua.AttributeIds.Value })
    const list: unknown = answered.value?.value
    this.#namespaces = Array.isArray(list) ? list.slice(0, 65_536).map(String) : []
  }

  get namespaces(): readonly string[] {
    return this.#namespaces
  }

  /** The node of each name, relative to `base`; null where the server has none or the name is no name. */
  async resolve(base: string | undefined, names: readonly string[]): Promise<(NodeId | null)[]> {
    const now = this.#clock()
    const paths: { key: string; steps: PathStep[] }[] = []
    for (const name of new Set(names)) {
      const key = keyOf(base, name)
      const known = this.#found.get(key)
      if (known && (known.node || now - known.at < lookAgainMs)) continue
      const ref = parseNode(name)
      if (ref?.kind === 'path') paths.push({ key, steps: ref.steps })
      else this.#found.set(key, { node: ref ? this.#idOf(ref) : null, at: now })
    }
    for (let i = 0; i < paths.length; i += pathsAtOnce) await this.#walk(base, paths.slice(i, i + pathsAtOnce))
    return names.map((name) => this.#found.get(keyOf(base, name))?.node ?? null)
  }

  async #walk(base: string | undefined, paths: readonly { key: string; steps: PathStep[] }[]): Promise<void> {
    const from =
      base === undefined || base === '' ? this.#opcua.resolveNodeId(objectsFolder) : ((await this.resolve(undefined, [base]))[0] ?? null)
    const at = this.#clock()
    const asked = paths.flatMap(({ key, steps }) => {
      const elements = steps.map((step) => this.#elementOf(step))
      if (from && elements.every((element) => element !== null)) return [{ key, elements }]
      this.#found.set(key, { node: null, at })
      return []
    })
    if (asked.length === 0 || !from) return
    const answers = await this.#session.translateBrowsePath(
      asked.map(({ elements }) => new this.#opcua.BrowsePath({ startingNode: from, relativePath: { elements } })),
    )
    asked.forEach(({ key }, i) => {
      const node = answers[i]?.targets?.[0]?.targetId ?? null
      this.#found.set(key, { node: node && node.serverIndex === 0 ? this.#opcua.resolveNodeId(node) : null, at })
    })
  }

  #elementOf({ namespace, name }: PathStep) {
    const namespaceIndex = this.#indexOf(namespace)
    return namespaceIndex < 0
      ? null
      : { referenceTypeId: hierarchical, isInverse: false, includeSubtypes: true, targetName: { namespaceIndex, name } }
  }

  #idOf(ref: NodeRef & { kind: 'id' }): NodeId | null {
    const index = this.#indexOf(ref.namespace)
    if (index < 0) return null
    try {
      return this.#opcua.coerceNodeId(`ns=${index};${ref.id}`)
    } catch {
      return null
    }
  }

  #indexOf(namespace: number | string): number {
    return typeof namespace === 'number' ? namespace : this.#namespaces.indexOf(namespace)
  }

  /** How the server's own node id is written so that it stays right whatever order its namespaces come in. */
  lasting(node: NodeId): string {
    const [, id = ''] = /^ns=\d+;(.*)$/s.exec(node.toString()) ?? []
    const uri = this.#namespaces[node.namespace]
    return node.namespace === 0 ? id : uri && !uri.includes(';') ? `nsu=${uri};${id}` : `ns=${node.namespace};${id}`
  }
}

const keyOf = (base: string | undefined, name: string) => `${name.startsWith('/') ? (base ?? '') : ''} ${name}`
