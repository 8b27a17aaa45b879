import { createRequire } from 'node:module'
import type Modbus from 'modbus-serial'

// The package's types describe its default export as a class, which for an ES module it is only one level further down.
const Client = createRequire(import.meta.url)('modbus-serial') as unknown as typeof Modbus.default

export type ForeignClient = Modbus.default

/** A connected Modbus TCP client that is not ours. */
export async function foreignClient(port: number, unit = 1): Promise<ForeignClient> {
  const client = new Client()
  await client.connectTCP('127.0.0.1', { port })
  client.setID(unit)
  client.setTimeout(2_000)
  return client
}
