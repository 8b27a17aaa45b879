import { onTestFinished } from 'vitest'
import { openOpcua } from './opcua-plant.ts'

export { DataType, freePort, namespaceUri, newFolder, StatusCodes, trust } from './opcua-plant.ts'

/** An OPC UA server on the loopback, stopped at the end of the test unless the test has stopped it. */
export async function startOpcua(options: Parameters<typeof openOpcua>[0]) {
  const server = await openOpcua(options)
  onTestFinished(server.stop)
  return server
}

/** What the wizard saves for an OPR0020: points relative to the base node of a station. */
export function mappedDocument<P>(title: string, points: P) {
  return {
    maker: 'NOPRO',
    model: 'OPR0020',
    title,
    source: 'mapped here',
    proven: 'field' as const,
    protocol: 'opcua' as const,
    firstRegister: 0,
    limits: { block: 1, gap: 0, functions: [] },
    detect: {},
    requires: { 'identity.firmware': { min: '9.0' } },
    points,
    key: ['circuit1.flow'],
    samples: [],
  }
}
