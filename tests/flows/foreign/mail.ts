import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemPython } from '../../../build/launch/foreign.mjs'
import { folder, start, when } from './programs.ts'

export type Mail = {
  from: string
  to: string[]
  user: string | null
  tls: boolean
  id: string
  subject: string
  automatic: string
  text: string
}

export type MailOptions = {
  password?: string
  /** TLS, from the first byte when `implicit`, else after STARTTLS. */
  certificate?: string
  key?: string
  implicit?: boolean
  /** Recipients that are refused, greylisted, never answered, never answered after their mail, cut off after their mail. */
  refused?: string[]
  later?: string[]
  hang?: string[]
  silent?: string[]
  drop?: string[]
}

/** Starts a mail server of aiosmtpd. */
export async function mailServer(options: MailOptions = {}) {
  const server = start(systemPython, [join(import.meta.dirname, 'mail-server.py'), JSON.stringify(options)])
  const lines = () =>
    server
      .words()
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as unknown] : []))
  await when(() => {
    if (server.isOver()) throw new Error(server.words())
    return lines().length > 0
  })
  const { port } = lines()[0] as { port: number }
  return { port, mails: () => lines().slice(1) as Mail[], end: server.end }
}

/** A certificate that nobody but its maker trusts. */
export function ownCertificate(name: string) {
  const place = folder()
  const [certificate, key] = [join(place, 'certificate.pem'), join(place, 'key.pem')]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`]
  const asked = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', ...subject]
  execFileSync('openssl', [...asked, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  return { certificate, key, pem: readFileSync(certificate, 'utf8') }
}
