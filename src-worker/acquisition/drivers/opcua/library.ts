import type * as Opcua from 'node-opcua-client'

export type Library = typeof Opcua

/** Much more than any answer we ask for needs, and little enough that a hostile server cannot fill the memory. */
export const transport = { maxMessageSize: 8 * 1024 * 1024, maxChunkCount: 256, sendBufferSize: 65_535, receiveBufferSize: 65_535 }

let loaded: Promise<Library> | undefined

/** The OPC UA library: hundreds of milliseconds to load, so only where such a server is asked. */
export function library(): Promise<Library> {
  loaded ??= import('node-opcua-client').then((library) => {
    // It tells the console about every connection; what matters reaches us as an error.
    library.setLogLevel(library.LogLevel.Emergency)
    library.setDebugLogger(silent)
    library.setWarningLogger(silent)
    library.setErrorLogger(silent)
    return library
  })
  return loaded
}

const silent = () => undefined
