import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { api, apiBase, livePath } from '#shared/api.ts'
import type { Operation } from '#shared/contract.ts'
import { failures } from '#shared/failures.ts'
import { ingestPath } from '#shared/ingest/contract.ts'
import { qualities } from '#shared/reading.ts'

const root = join(import.meta.dirname, '..')
const note = '<!-- Made by build/docs.ts from the contracts; change those. -->'

/** docs/api.md: every operation by capability, how to sign in, and the live socket. */
export function apiPage(): string {
  const capabilities = Object.entries(api).map(([name, rows]) => {
    const lines = Object.entries(rows as Record<string, Operation>).map(
      ([key, { method, path, role, summary, audit }]) =>
        `| \`${name}.${key}\` | \`${method} ${apiBase}${path}\` | ${role} | ${summary}${audit === undefined ? '' : ' *(noted)*'} |`,
    )
    return [`## ${name}`, '', '| operation | request | role | what it does |', '| --- | --- | --- | --- |', ...lines, ''].join('\n')
  })
  return `${note}
# The API

The program's own screens use nothing else. A running Hearthgrid describes it as OpenAPI 3.1 at \`${apiBase}/openapi.json\` and
lets you try it at \`/api-page/\`.

- **Sign in**: \`npm start -- --headless --print-token\` prints a token; send it as \`Authorization: Bearer TOKEN\`. Printing a
  new one ends the one before.
- **Times** are UTC milliseconds. **Values** are in the unit that the point names; an absent value is \`null\`, never 0.
- **Quality** is a number in live events and history: ${qualities.map((quality, i) => `${i} ${quality}`).join(', ')}.
- **Failures** come as \`{ "code": …, "params": … }\` with a matching HTTP status: [failures.md](failures.md).
- *(noted)*: written to the activity log with actor and result.

\`\`\`sh
curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:$PORT${apiBase}/devices
\`\`\`

${capabilities.join('\n')}
## What gateways send

\`POST ${ingestPath}/{gateway}\` takes JSON or a form from a gateway, with the token that \`ingest.addGateway\` showed once, as
\`Authorization: Bearer TOKEN\` or \`?key=TOKEN\`. The answer comes when everything is on disk and counts what became of the
values. 429 and 503 say in \`Retry-After\` when to send the same again; nothing is stored twice.

\`\`\`sh
curl -H "Authorization: Bearer $TOKEN" -d '{ "device": "house 12", "timestamp": 1780000200, "flow": 61.5 }' http://127.0.0.1:$PORT${ingestPath}/router-1
\`\`\`

## Live values

Open a WebSocket at \`${livePath}\` with the same token (or the session cookie of a browser). Say which series you look at;
saying it again replaces the list. Watched points are read every 10 s.

\`\`\`json
{ "watch": [12, 13] }
\`\`\`

What comes back are events; \`readings\` holds columns of equal length, the others say that something is worth asking again.

\`\`\`json
{ "event": "readings", "series": [12, 13], "at": [1780000200000, 1780000200000], "value": [21.5, null], "quality": [0, 1] }
{ "event": "status", "devices": ["…"] }
{ "event": "changed", "kind": "device", "ids": ["…"] }
{ "event": "jobs", "job": "demo.open", "done": 3, "total": 24, "state": "running" }
\`\`\`
`
}

/** docs/failures.md: every code with its status, whether trying again helps, and what people are told. */
export function failuresPage(texts: Record<string, string>): string {
  const rows = Object.entries(failures).map(
    ([code, { status, retry }]) =>
      `| \`${code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${texts[`${code}.title`] ?? ''} ${texts[`${code}.hint`] ?? ''} |`,
  )
  return `${note}
# Failures

Every refusal and failure has a code, an HTTP status, and words for people. *Again* says whether the same request may
succeed later. \`{{…}}\` stands for a parameter that comes with it.

| code | status | again | what people read |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** File → what should be in it. */
export function pages(): ReadonlyMap<string, string> {
  const texts = JSON.parse(readFileSync(join(root, 'resources/locales/en/failures.json'), 'utf8')) as Record<string, string>
  return new Map([
    [join(root, 'docs', 'api.md'), apiPage()],
    [join(root, 'docs', 'failures.md'), failuresPage(texts)],
  ])
}

if (process.argv[1] === import.meta.filename) for (const [path, text] of pages()) writeFileSync(path, text)
