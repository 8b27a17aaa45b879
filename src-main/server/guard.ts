import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request was meant for this server. Without this check any page in the same browser could reach a server on
 * loopback by a name of its own (DNS rebinding) or by a form. `allowed` are host:port pairs in lower case.
 */
export function isForUs(headers: IncomingHttpHeaders, allowed: ReadonlySet<string>): boolean {
  const { host, origin } = headers
  if (host === undefined || !allowed.has(host.toLowerCase())) return false
  if (origin === undefined) return true
  return allowed.has(origin.toLowerCase().replace(/^https?:\/\//, '')) && /^https?:\/\//.test(origin)
}

/** The names a server on this address and port goes by. */
export function namesOf(address: string, port: number): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', address.includes(':') && !address.startsWith('[') ? `[${address}]` : address]
  return new Set(names.map((name) => `${name.toLowerCase()}:${port}`))
}

/** What the browser may do with our pages. Mantine and plotly set inline styles, so style-src cannot be stricter. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=()',
}
