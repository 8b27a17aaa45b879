import type { Text } from './text.ts'

export type Notice = 'starting' | 'stopping' | 'crashed' | 'unreachable' | 'failed'

/** What a notice says beyond its own words. `link` is where "Open again" leads; without it there is no such button. */
export type NoticeDetail = { language: string; folder: string; link?: string; detail?: string }

const retry: readonly Notice[] = ['crashed', 'unreachable']

/** A page without scripts for when the program itself cannot draw one, as a data address. */
export function noticePage(notice: Notice, text: Text, { language, folder, link, detail }: NoticeDetail): string {
  const busy = notice === 'starting' || notice === 'stopping'
  const lines = [
    `<h1>${escape(text(`notice.${notice}Title`))}</h1>`,
    `<p>${escape(text(`notice.${notice}Text`, { folder }))}</p>`,
    busy ? '<div class="bar" role="progressbar"><i></i></div>' : '',
    detail ? `<pre>${escape(detail)}</pre>` : '',
    link && retry.includes(notice) ? `<p><a href="${escape(link)}">${escape(text('notice.openAgain'))}</a></p>` : '',
  ]
  const html = `<!doctype html><html lang="${escape(language)}"><head><meta charset="utf-8"><title>Hearthgrid</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark"><style>${style}</style></head><body><main>${lines.join('')}</main></body></html>`
  return `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`
}

export function isNoticePage(address: string): boolean {
  return address.startsWith('data:text/html')
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const style = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 15px/1.5 system-ui, sans-serif;
  background: light-dark(#eceef0, #1b1e21); color: light-dark(#0c0e10, #e4e7ea) }
main { max-width: 34rem; padding: 2rem }
h1 { font-size: 1.375rem; font-weight: 600; margin: 0 0 .5rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border-radius: 4px; background: light-dark(#f7f8f9, #22262a) }
a { display: inline-block; padding: .4rem 1rem; border-radius: 4px; color: inherit; border: 1px solid currentcolor; text-decoration: none }
.bar { height: 3px; overflow: hidden; border-radius: 2px; background: light-dark(#d3d8dc, #353b41) }
.bar i { display: block; width: 30%; height: 100%; background: #c8692e; animation: go 1.6s ease-in-out infinite alternate }
@keyframes go { to { margin-left: 70% } }
@media (prefers-reduced-motion: reduce) { .bar i { animation: none; width: 100% } }
`
