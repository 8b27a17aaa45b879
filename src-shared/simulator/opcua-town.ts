import { stepText } from '../opcua/node.ts'

/** Namespace of all nodes of the simulated town's OPC UA server, which is its application URI too. */
export const townNamespace = 'urn:hearthgrid:town'

/** Path of its address, after the port. */
export const townPath = '/town'

/** The folder of a station, as a device's base node is written. It stays the same whenever the server starts. */
export function stationNode(name: string): string {
  return `nsu=${townNamespace};s=${name}`
}

/** From a station's folder to the node of a point, as profiles write it. */
export function pointStep(id: string): string {
  return stepText({ namespace: townNamespace, name: id })
}
