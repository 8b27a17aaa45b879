import { onTestFinished } from 'vitest'
import { openOpcua } from './opcua-plant.ts'

export { DataType, freePort, namespaceUri, newFolder, StatusCodes, trust } from './opcua-plant.ts'

/** An OPC UA server on the loopback, stopped at the end of the test unless the test has stopped it. */
export async function startOpcua(options: Parameters<typeof openOpcua>[0]) {
  const server = await openOpcua(options)
  onTestFinished(server.stop)
  return server
}
