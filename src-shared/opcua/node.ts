/**
 * Where a value stands in a server, as profiles write it: a node id (`ns=2;s=Boiler.Flow`, `nsu=urn:plant;s=Boiler.Flow`,
 * `i=2258`), or a browse path from the base node of the device (`/2:Boiler/2:Flow`, `/nsu=urn:plant;Boiler`), in which `/` and `&`
 * inside a name are written `&/` and `&&`.
 */
export type NodeRef = { kind: 'id'; namespace: number | string; id: string } | { kind: 'path'; steps: PathStep[] }
export type PathStep = { namespace: number | string; name: string }

const longest = 500
const mostSteps = 32
const idForm = /^(?:ns=(\d{1,5});|nsu=([^;]+);)?([isgb]=.+)$/s

/** Null for a text that is neither. */
export function parseNode(text: string): NodeRef | null {
  if (text.length > longest) return null
  if (text.startsWith('/')) return parsePath(text)
  const found = idForm.exec(text)
  if (!found) return null
  const [, index, uri, id = ''] = found
  if (index !== undefined && Number(index) > 65535) return null
  if (id.startsWith('i=') && !/^i=\d{1,10}$/.test(id)) return null
  if (id.startsWith('g=') && !/^g=[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(id)) return null
  return { kind: 'id', namespace: uri ?? Number(index ?? 0), id }
}

function parsePath(text: string): NodeRef | null {
  const steps: PathStep[] = []
  for (const part of splitSteps(text)) {
    const step = parseStep(part)
    if (!step) return null
    steps.push(step)
  }
  return steps.length > 0 && steps.length <= mostSteps ? { kind: 'path', steps } : null
}

function splitSteps(text: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let i = 1; i < text.length; i++) {
    const letter = text[i] ?? ''
    if (letter === '&') part += text[++i] ?? ''
    else if (letter === '/') {
      parts.push(part)
      part = ''
    } else part += letter
  }
  parts.push(part)
  return parts
}

function parseStep(part: string): PathStep | null {
  const byUri = /^nsu=([^;]+);(.+)$/s.exec(part)
  if (byUri) return { namespace: byUri[1] ?? '', name: byUri[2] ?? '' }
  const byIndex = /^(\d{1,5}):(.+)$/s.exec(part)
  if (byIndex) return Number(byIndex[1]) > 65535 ? null : { namespace: Number(byIndex[1]), name: byIndex[2] ?? '' }
  return part === '' ? null : { namespace: 0, name: part }
}

/** One step of a browse path as `parseNode` reads it back. */
export function stepText({ namespace, name }: PathStep): string {
  const marked =
    typeof namespace === 'string'
      ? `nsu=${namespace};${name}`
      : namespace > 0 || /^\d{1,5}:|^nsu=/.test(name)
        ? `${namespace}:${name}`
        : name
  return `/${marked.replaceAll('&', '&&').replaceAll('/', '&/')}`
}
