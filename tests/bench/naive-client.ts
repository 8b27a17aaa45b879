import { createRequire } from 'node:module'
import type Modbus from 'modbus-serial'

// The package is CommonJS whose exports object is the class itself; its declarations speak of a default export.
const Client = createRequire(import.meta.url)('modbus-serial') as unknown as typeof Modbus.default

/** A client of modbus-serial, connected, for one controller. */
export async function naiveClient(port: number): Promise<Modbus.default> {
  const client = new Client()
  await client.connectTCP('127.0.0.1', { port })
  client.setID(1)
  client.setTimeout(5000)
  return client
}
