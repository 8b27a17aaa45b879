import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { library } from './library.ts'

/** With what Hearthgrid shows itself to servers: one certificate for each data folder. */
export type Own = { certificate: Buffer; key: string; uri: string; name: string }

const years = 20
const dayMs = 86_400_000
const name = 'Hearthgrid'
const keyBits = 2048

const making = new Map<string, Promise<Own>>()

/** The certificate and key in `folder`, made at the first use, valid from the day before `now` (UTC ms). The key never leaves the folder; only its owner may read it. */
export function ownIdentity(folder: string, now: number): Promise<Own> {
  let own = making.get(folder)
  if (!own) {
    own = find(folder, now).catch((error: unknown) => {
      throw new Failure('storage.failed', { reason: 'opcua' }, { cause: error })
    })
    making.set(folder, own)
    own.catch(() => making.delete(folder))
  }
  return own
}

async function find(folder: string, now: number): Promise<Own> {
  const place = join(folder, 'own')
  const files = { certificate: join(place, 'certificate.der'), key: join(place, 'private-key.pem') }
  try {
    const [certificate, key] = await Promise.all([readFile(files.certificate), readFile(files.key, 'utf8')])
    const uri = /URI:([^,\s]+)/.exec(new X509Certificate(certificate).subjectAltName ?? '')?.[1]
    if (uri) return { certificate, key, uri, name }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const own = await make(now)
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

async function make(now: number): Promise<Own> {
  const { crypto_utils: tools } = await library()
  const uri = `urn:${hostname()}:${name}`
  const privateKey = await tools.generatePrivateKey(keyBits)
  const { cert } = await tools.createSelfSignedCertificate({
    privateKey,
    subject: `/CN=${name}/O=${name}`,
    applicationUri: uri,
    dns: [hostname()],
    validity: 365 * years,
    // The clock of a server may be behind.
    notBefore: new Date(now - dayMs),
    purpose: tools.CertificatePurpose.ForApplication,
  })
  const { privPem } = await tools.privateKeyToPEM(privateKey)
  return { certificate: Buffer.from(tools.convertPEMtoDER(cert)), key: privPem, uri, name }
}
