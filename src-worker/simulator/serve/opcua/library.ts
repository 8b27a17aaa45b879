import type * as Client from 'node-opcua-client'
import type * as Server from 'node-opcua-server'

/** Types and tools are the client's, the server is the server's. */
export type Library = typeof Client & Pick<typeof Server, 'OPCUAServer'>

let loaded: Promise<Library> | undefined

/** The OPC UA library: a second to load, so only for a town that has such stations. */
export function library(): Promise<Library> {
  loaded ??= Promise.all([import('node-opcua-client'), import('node-opcua-server')]).then(([client, { OPCUAServer }]) => {
    // It tells the console about every connection.
    client.setLogLevel(client.LogLevel.Emergency)
    client.setDebugLogger(silent)
    client.setWarningLogger(silent)
    client.setErrorLogger(silent)
    return { ...client, OPCUAServer }
  })
  return loaded
}

const silent = () => undefined
