import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Name of the file beside the built worker. */
export const nodesetFile = 'opcua-nodeset.ndjson.gz'

/** The nodes that every OPC UA server has, as the library keeps them ready: beside the built worker, else in the library itself. */
export async function standardNodes(folder = import.meta.dirname): Promise<Uint8Array> {
  const beside = join(folder, nodesetFile)
  return new Uint8Array(await readFile(existsSync(beside) ? beside : inLibrary()))
}

function inLibrary(): string {
  const server = createRequire(import.meta.url).resolve('node-opcua-server')
  const nodesets = createRequire(server).resolve('node-opcua-nodesets')
  return join(dirname(nodesets), '..', 'nodesets', 'Opc.Ua.NodeSet2.ndjson.gz')
}
