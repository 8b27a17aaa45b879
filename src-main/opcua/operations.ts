import { join } from 'node:path'
import { z } from 'zod'
import type { Address } from '#shared/acquisition/port.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Endpoint } from '#shared/devices/way.ts'
import { Failure } from '#shared/failures.ts'
import type { OfferedEndpoint } from '#shared/opcua/port.ts'
import type { opcua } from '#shared/opcua/contract.ts'
import { templateSchema } from '#shared/opcua/template.ts'
import { opcuaFolder, type Trusted } from '#shared/opcua/trust.ts'
import type { Quantity } from '#shared/units.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { readJson, readJsonFiles } from '../resources.ts'
import { offeredPoints } from './points.ts'
import { sameServer, TrustFile } from './trust-file.ts'

type Login = { host: string; port: number; endpoint: Endpoint; member: string; secret?: string | undefined }

/** OPC UA servers before they are devices: what they offer, whom they are trusted to be, what they hold. */
export function createOpcua(host: Host): Capability {
  const file = new TrustFile(join(host.dataFolder, opcuaFolder))
  const { call } = host.workers.acquisition

  const operations: Handlers<typeof opcua, Context> = {
    async endpoints(server) {
      const [offers, trusted] = await Promise.all([call.opcuaEndpoints(server), file.all()])
      const known = trusted.find((one) => sameServer(one, server))
      return offers.map(({ certificate, ...offer }) => ({
        ...offer,
        certificate: certificate && shown(certificate),
        trust: trustIn(certificate, known),
      }))
    },
    browse: ({ node, cursor, ...login }) => call.opcuaBrowse({ ...loginOf(login), node, cursor }),
    read: ({ nodes, ...login }) => call.opcuaRead({ ...loginOf(login), nodes }),
    own: () => call.opcuaOwn({}),
    trusted: async () => (await file.all()).map(shown),

    async trust({ sha256, ...server }, { actor, entry }) {
      const offers = await call.opcuaEndpoints(server)
      const certificate = offers.map((offer) => offer.certificate).find((one) => one?.sha256 === sha256.toUpperCase())
      // Between the look and the click the server began to show another one.
      if (!certificate) throw new Failure('conflict', { what: 'certificate' })
      const one: Trusted = {
        ...certificate,
        host: server.host.toLowerCase(),
        port: server.port,
        trustedAt: host.clock(),
        trustedBy: actor?.name ?? '',
      }
      const before = await file.put(one)
      const { thumbprint, subject, validFrom, validTo } = one
      entry?.note({ thumbprint, subject, validFrom, validTo, before: before && before.sha256 !== one.sha256 ? before.thumbprint : null })
      return shown(one)
    },

    async distrust(server, { entry }) {
      const before = await file.drop(server)
      if (!before) throw new Failure('notFound', { what: 'certificate' })
      entry?.note({ thumbprint: before.thumbprint, subject: before.subject })
      return { done: true }
    },

    templates: () => z.array(templateSchema).parse([...readJsonFiles(join(host.layout.resources, 'opcua')).values()]),
    points: () => offeredPoints(readJson(join(host.layout.resources, 'points.json')) as Record<string, Quantity>),
  }
  return { operations }
}

function trustIn(certificate: OfferedEndpoint['certificate'], known: Trusted | undefined): 'yes' | 'no' | 'changed' | 'none' {
  if (!certificate) return 'none'
  if (!known) return 'no'
  return known.sha256 === certificate.sha256 ? 'yes' : 'changed'
}

/** Without the certificate itself. */
function shown<T extends { der: string }>(one: T): Omit<T, 'der'> {
  const rest: Omit<T, 'der'> & { der?: string } = { ...one }
  delete rest.der
  return rest
}

function loginOf({ host, port, endpoint, member, secret }: Login): { address: Address; secret: string | undefined } {
  return { address: { host, port, unit: 0, way: 'opcua', endpoint, ...(member === '' ? {} : { member }) }, secret }
}
