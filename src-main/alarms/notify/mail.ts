import { arrived, doubt, failed, type Delivery, type Message } from './delivery.ts'
import type { KeptSetting } from './settings.ts'

type Settings = KeptSetting<'mail'>
type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number; cause?: unknown }

const certificate = /certificate|altname|CERT|self.signed|unable to verify/i

/**
 * One e-mail over SMTP. Once its text goes out, only an answer tells whether it arrived: without one it stays in doubt, so that
 * nobody gets it twice. Every try has the same Message-ID.
 */
export async function sendMail(message: Message, settings: Settings, patienceMs: number, signal: AbortSignal): Promise<Delivery> {
  const { email } = message.recipient
  if (email === null) return failed('noAddress', '', true)
  if (!settings.on || settings.host === '' || settings.from === '') return failed('channelOff', '')
  // Loaded when the first mail is sent, not at every start.
  const { createTransport } = await import('nodemailer')
  let textGoesOut = false
  // The only thing that says how far a conversation came is what is logged of it.
  const watch = (entry: unknown, line?: unknown) => {
    if ((entry as { tnx?: unknown }).tnx === 'server' && String(line).startsWith('354')) textGoesOut = true
  }
  const quiet = () => undefined
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user === '' ? {} : { auth: { user: settings.user, pass: settings.password ?? '' } }),
    tls: { rejectUnauthorized: settings.checkCertificate, minVersion: 'TLSv1.2' },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    logger: { level: quiet, trace: watch, debug: watch, info: watch, warn: quiet, error: quiet, fatal: quiet },
  })
  const urgent = message.priority === 'critical' || message.priority === 'high'
  const sending = transport.sendMail({
    from: settings.from,
    to: email,
    subject: message.text.subject,
    text: message.text.body,
    date: new Date(message.at),
    messageId: `<${message.id}@${domainOf(settings.from)}>`,
    priority: urgent ? 'high' : 'normal',
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  const stopped = new Promise<Delivery>((resolve) => {
    const stop = () => resolve(textGoesOut ? doubt('stopped', '') : failed('stopped', ''))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })
  const ended = sending.then(
    ({ response }) => arrived(response),
    (error: unknown) => troubleOf(error as SmtpError, textGoesOut),
  )
  try {
    return await Promise.race([ended, stopped])
  } finally {
    transport.close()
  }
}

function troubleOf(error: SmtpError, textGoesOut: boolean): Delivery {
  const { code = '', command = '', responseCode = 0 } = error
  const detail = error.response ?? error.message
  if (textGoesOut && responseCode === 0) return doubt(code === 'ETIMEDOUT' ? 'timeout' : 'lost', detail)
  const final = responseCode >= 500
  if (code === 'EDNS') return failed('hostUnknown', detail)
  if (code === 'EAUTH' || code === 'ENOAUTH') return failed('signIn', detail)
  if (certificate.test(`${error.message} ${String((error.cause as { code?: unknown } | undefined)?.code)}`))
    return failed('certificate', detail)
  if (code === 'ETLS' || code === 'EREQUIRETLS') return failed('noTls', detail)
  if (responseCode >= 400 && responseCode < 500) return failed('serverBusy', detail)
  if (code === 'EENVELOPE') return failed(command === 'MAIL FROM' ? 'senderRefused' : 'recipientRefused', detail, final)
  if (code === 'EMESSAGE' || final) return failed('messageRefused', detail, final)
  if (code === 'ETIMEDOUT') return failed('timeout', detail)
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(error.message)) return failed('refused', detail)
  if (/ENOTFOUND|EAI_AGAIN/.test(error.message)) return failed('hostUnknown', detail)
  return failed(code === 'ECONNECTION' || code === 'ESOCKET' ? 'lost' : 'other', detail)
}

/** What stands behind the @ of the sender. */
function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'hearthgrid.invalid'
}
