import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createHash, X509Certificate } from 'node:crypto'
import {
  DataType,
  DataValue,
  LogLevel,
  MessageSecurityMode,
  SecurityPolicy,
  setLogLevel,
  StatusCodes,
  UserTokenType,
  VariantArrayType,
  type StatusCode,
  type VariantOptions,
} from 'node-opcua-client'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { OPCUAServer, type OPCUAServerOptions } from 'node-opcua-server'
import { trustFile, type Trusted } from '#shared/opcua/trust.ts'

export const namespaceUri = 'urn:heating:stations'
export { DataType, StatusCodes, UserTokenType }

export type NodePlan = { path: string; type: DataType; value: unknown; writable?: boolean; array?: boolean }
type ServerOptions = {
  port?: number
  nodes: readonly NodePlan[]
  secure?: boolean
  users?: Readonly<Record<string, string>>
  userCertificates?: boolean
  policies?: readonly string[]
  folder?: string
  extra?: Partial<OPCUAServerOptions>
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'hearthgrid-opcua-'))

/** A port of the loopback that nobody listens at now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A server on the loopback with nodes of our own making below Objects: `Station1/Flow` has the node id `ns=1;s=Station1/Flow`. */
export async function openOpcua(options: ServerOptions) {
  setLogLevel(LogLevel.Emergency)
  const port = options.port ?? (await freePort())
  const folder = options.folder ?? newFolder()
  const manager = (name: string) =>
    new OPCUACertificateManager({
      rootFolder: join(folder, name),
      automaticallyAcceptUnknownCertificate: true,
      disableFileWatchers: true,
      keySize: 2048,
    })
  const server = new OPCUAServer({
    port,
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    resourcePath: '/stations',
    serverInfo: { applicationUri: namespaceUri, productUri: 'stations', applicationName: { text: 'Stations' } },
    serverCertificateManager: manager('pki'),
    userCertificateManager: manager('user-pki'),
    securityModes: options.secure
      ? [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
      : [MessageSecurityMode.None],
    securityPolicies: (options.policies ?? (options.secure ? ['None', 'Basic256Sha256'] : ['None'])).map(
      (name) => SecurityPolicy[name as keyof typeof SecurityPolicy],
    ),
    allowAnonymous: options.users === undefined,
    userManager: { isValidUser: (user: string, password: string) => options.users?.[user] === password },
    ...options.extra,
  })
  await server.initialize()
  const space = server.engine.addressSpace
  if (!space) throw new Error('no address space')
  const own = space.getOwnNamespace()
  const values = new Map<string, { variant: VariantOptions; status: StatusCode; at: Date | null; reads: number }>()
  const written: { path: string; value: unknown }[] = []
  const folders = new Map<string, ReturnType<typeof own.addFolder>>()
  const folderOf = (path: string): ReturnType<typeof own.addFolder> => {
    const known = folders.get(path)
    if (known) return known
    const parent = dirname(path)
    const made = own.addFolder(parent === '.' ? space.rootFolder.objects : folderOf(parent), {
      browseName: path.slice(path.lastIndexOf('/') + 1),
      nodeId: `s=${path}`,
    })
    folders.set(path, made)
    return made
  }
  for (const { path, type, value, writable, array } of options.nodes) {
    const held = { variant: variantOf(type, value, array), status: StatusCodes.Good as StatusCode, at: null as Date | null, reads: 0 }
    values.set(path, held)
    const parent = dirname(path)
    const node = own.addVariable({
      componentOf: parent === '.' ? space.rootFolder.objects : folderOf(parent),
      browseName: path.slice(path.lastIndexOf('/') + 1),
      nodeId: `s=${path}`,
      dataType: DataType[type] as keyof typeof DataType,
      valueRank: array ? 1 : -1,
      accessLevel: writable ? 'CurrentRead | CurrentWrite' : 'CurrentRead',
      userAccessLevel: writable ? 'CurrentRead | CurrentWrite' : 'CurrentRead',
      minimumSamplingInterval: 100,
    })
    node.bindVariable(
      {
        timestamped_get: () => {
          held.reads++
          return nodeValue(held)
        },
        timestamped_set: (answered: DataValue) => {
          written.push({ path, value: answered.value?.value })
          held.variant = variantOf(type, answered.value?.value, array)
          return Promise.resolve(StatusCodes.Good)
        },
      },
      true,
    )
  }
  await server.start()
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await server.shutdown(0)
  }
  return {
    port,
    path: '/stations',
    folder,
    server,
    written,
    stop,
    /** What a node holds from now on. */
    set(path: string, value: unknown, status: StatusCode = StatusCodes.Good, at: Date | null = null) {
      const held = values.get(path)
      if (!held) throw new Error(`no node ${path}`)
      Object.assign(held, { variant: { ...held.variant, value }, status, at })
    },
    reads: (path: string) => values.get(path)?.reads ?? 0,
    certificate: () => server.getCertificate(),
  }
}

function variantOf(dataType: DataType, value: unknown, array = false): VariantOptions {
  return { dataType, value, arrayType: array ? VariantArrayType.Array : VariantArrayType.Scalar }
}

function nodeValue(held: { variant: VariantOptions; status: StatusCode; at: Date | null }): Promise<DataValue> {
  const now = new Date()
  const value = new DataValue({ value: held.variant, statusCode: held.status, sourceTimestamp: held.at ?? now, serverTimestamp: now })
  return Promise.resolve(value)
}

/** Writes what a person's trust leaves in the folder. */
export function trust(folder: string, port: number, certificate: Uint8Array, host = '127.0.0.1'): void {
  const hash = (kind: string) => createHash(kind).update(certificate).digest('hex').toUpperCase()
  const { subject, issuer } = new X509Certificate(certificate)
  const one: Trusted = {
    host,
    port,
    thumbprint: hash('sha1'),
    sha256: hash('sha256'),
    subject,
    issuer,
    uri: '',
    validFrom: 0,
    validTo: 0,
    bits: 2048,
    der: Buffer.from(certificate).toString('base64'),
    trustedAt: 0,
    trustedBy: 'test',
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, trustFile), JSON.stringify([one]))
}
