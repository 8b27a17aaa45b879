/** Whether this browser can be told by web push: a service worker, a push service, and an encrypted page or this machine itself. */
export const hasPush = (): boolean => globalThis.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in globalThis

const worker = '/push-worker.js'

export type Subscribed = { endpoint: string; p256dh: string; token: string }

/** Signs this browser up at its push service. Rejects when nobody allows it or the service cannot be reached. */
export async function subscribe(key: string): Promise<Subscribed> {
  await navigator.serviceWorker.register(worker)
  const { pushManager } = await navigator.serviceWorker.ready
  const known = await pushManager.getSubscription()
  // One that was made with another key is of no use to this host.
  if (known && base64Url(known.options.applicationServerKey) !== key) await known.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  return {
    endpoint: subscription.endpoint,
    p256dh: base64Url(subscription.getKey('p256dh')),
    token: base64Url(subscription.getKey('auth')),
  }
}

/** Bytes as base64url without padding; empty for none. */
export function base64Url(bytes: ArrayBuffer | null): string {
  if (!bytes) return ''
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** What the browser is called in the list of a recipient, such as "Firefox, Windows". */
export function browserLabel(agent: string): string {
  const browser = [
    ['Edg/', 'Edge'],
    ['OPR/', 'Opera'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([sign]) => agent.includes(sign ?? ''))?.[1]
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Macintosh', 'Linux'].find((sign) => agent.includes(sign))
  return [browser ?? 'Browser', system === 'Macintosh' ? 'Mac' : system].filter(Boolean).join(', ')
}
