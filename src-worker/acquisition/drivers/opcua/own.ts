import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { library } from './library.ts'

/** With what Hearthgrid shows itself to servers: one certificate for each data folder. */
export type Own = { certificate: Buffer; key: string; uri: string; name: string }

const years = 20
const name = 'Hearthgrid'

const making = new Map<string, Promise<Own>>()

/** The certificate and key in `folder`, made at the first use. The key never leaves the folder; only its owner may read it. */
export function ownIdentity(folder: string): Promise<Own> {
  let own = making.get(folder)
  if (!own) {
    own = find(folder).catch((error: unknown) => {
      throw new Failure('storage.failed', { reason: 'opcua' }, { cause: error })
    })
    making.set(folder, own)
    own.catch(() => making.delete(folder))
  }
  return own
}

async function find(folder: string): Promise<Own> {
  const place = join(folder, 'own')
  const files = { certificate: join(place, 'certificate.der'), key: join(place, 'private-key.pem') }
  try {
    const [certificate, key] = await Promise.all([readFile(files.certificate), readFile(files.key, 'utf8')])
    const uri = /URI:([^,\s]+)/.exec(new X509Certificate(certificate).subjectAltName ?? '')?.[1]
    if (uri) return { certificate, key, uri, name }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const own = await make()
  await mkdir(place, { recursive: true, mode: 0o700 })
  // The key last: without it nothing counts as made.
  await put(files.certificate, own.certificate)
  await put(files.key, own.key)
  return own
}

async function put(path: string, content: Buffer | string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 })
  await chmod(`${path}.new`, 0o600)
  await rename(`${path}.new`, path)
}

async function make(): Promise<Own> {
  const { crypto_utils: tools } = await library()
  const uri = `urn:${hostname()}:${name}`
  const privateKey = await tools.generatePrivateKey(2048)
  const { cert } = await tools.createSelfSignedCertificate({
    privateKey,
    subject: `/CN=${name}/O=${name}`,
    applicationUri: uri,
    dns: [hostname()],
    validity: 365 * years,
    notBefore: new Date(),
    purpose: tools.CertificatePurpose.ForApplication,
  })
  const { privPem } = await tools.privateKeyToPEM(privateKey)
  return { certificate: Buffer.from(tools.convertPEMtoDER(cert)), key: privPem, uri, name }
}
