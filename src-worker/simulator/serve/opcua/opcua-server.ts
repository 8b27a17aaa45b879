import type { DataValue } from 'node-opcua-client'
import type { OPCUAServer } from 'node-opcua-server'
import { townNamespace, townPath } from '#shared/simulator/opcua-town.ts'
import { makeIdentity, openStore, providerOf, type OpcuaIdentity } from './identity.ts'
import { library, type Library } from './library.ts'
import { dataValueOf, engineeringOf, nodeType, numberIn } from './node-value.ts'
import { standardNodes } from './nodeset.ts'
import { stationView, type OpcuaStation, type StationContact, type StationNode } from './station.ts'

export type OpcuaOptions = {
  stations: readonly OpcuaStation[]
  /** Simulated UTC ms. */
  clock: () => number
  host: string
  /** 0: any free one. */
  port: number
  /** That of an earlier server, so that clients meet the certificate which they trust. */
  identity?: OpcuaIdentity | undefined
}

export type TownServer = {
  port: number
  identity: OpcuaIdentity
  /** `station`: its place in the list. */
  contact(station: number, contact: StationContact): void
  close(): Promise<void>
}

/** Values are looked at this often for clients that want to be told. */
const samplingMs = 1_000

/**
 * Opens an OPC UA server with a folder for each station, open to everybody who reaches it, with encryption and without. Rejects when the
 * port cannot be had.
 */
export async function openOpcuaServer({ stations, clock, host, port, identity: known }: OpcuaOptions): Promise<TownServer> {
  const opcua = await library()
  const identity = known ?? (await makeIdentity(opcua, townNamespace, clock()))
  const server = new opcua.OPCUAServer({
    port,
    host,
    hostname: host,
    resourcePath: townPath,
    serverInfo: { applicationUri: townNamespace, productUri: 'urn:hearthgrid', applicationName: { text: 'Simulated town' } },
    buildInfo: { productName: 'Simulated town', manufacturerName: 'Hearthgrid' },
    certificateKeyPairProvider: providerOf(opcua, identity),
    serverCertificateManager: openStore(opcua),
    userCertificateManager: openStore(opcua),
    securityModes: [opcua.MessageSecurityMode.None, opcua.MessageSecurityMode.Sign, opcua.MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [opcua.SecurityPolicy.None, opcua.SecurityPolicy.Basic256Sha256],
    allowAnonymous: true,
    nodesets: [{ name: 'standard', source: await standardNodes() }],
  })
  const views = stations.map((station) => stationView(station, clock))
  try {
    await server.initialize()
    stations.forEach(({ name }, i) => addStation(opcua, server, name, views[i]?.nodes ?? [], clock))
    // An endpoint would look for its own certificate in files.
    for (const endpoint of server.endpoints) endpoint.setCertificateProvider(server.getCertificateChainProvider())
    await server.start()
  } catch (error) {
    await server.shutdown(0)
    throw error
  }
  return {
    port: server.endpoints[0]?.port ?? port,
    identity,
    contact: (station, contact) => views[station]?.contact(contact),
    close: () => server.shutdown(0),
  }
}

function addStation(opcua: Library, server: OPCUAServer, name: string, nodes: readonly StationNode[], clock: () => number): void {
  const space = server.engine.addressSpace
  if (!space) throw new Error('an OPC UA server without nodes')
  const own = space.getOwnNamespace()
  const folder = own.addFolder(space.rootFolder.objects, { browseName: name, nodeId: `s=${name}` })
  for (const node of nodes) {
    const { id, title, is, states, writable } = node
    const type = nodeType(is, states)
    const engineering = engineeringOf(is)
    const options = {
      componentOf: folder,
      browseName: id,
      displayName: title,
      nodeId: `s=${name}/${id}`,
      dataType: type,
      accessLevel: writable ? 'CurrentRead | CurrentWrite' : 'CurrentRead',
      userAccessLevel: writable ? 'CurrentRead | CurrentWrite' : 'CurrentRead',
      minimumSamplingInterval: samplingMs,
    }
    const variable = engineering
      ? own.addAnalogDataItem({
          ...options,
          engineeringUnitsRange: { low: engineering.low, high: engineering.high },
          engineeringUnits: {
            namespaceUri: 'http://www.opcfoundation.org/UA/units/un/cefact',
            unitId: engineering.unitId,
            displayName: engineering.unit,
            description: engineering.unit,
          },
        })
      : own.addVariable(options)
    variable.bindVariable(
      {
        timestamped_get: () => Promise.resolve(dataValueOf(opcua, type, node.read(), clock())),
        timestamped_set: (written: DataValue) => Promise.resolve(verdictOf(opcua, node, written.value?.value)),
      },
      true,
    )
  }
}

function verdictOf({ StatusCodes }: Library, node: StationNode, written: unknown) {
  const value = numberIn(written)
  if (value === null) return StatusCodes.BadTypeMismatch
  switch (node.write(value)) {
    case 'done':
      return StatusCodes.Good
    case 'outOfRange':
      return StatusCodes.BadOutOfRange
    case 'notWritable':
      return StatusCodes.BadNotWritable
    case 'noContact':
      return StatusCodes.BadNoCommunication
  }
}
