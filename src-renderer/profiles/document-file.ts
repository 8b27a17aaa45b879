import { bounds } from '#shared/profiles/bounds.ts'
import type { ProfileDocument } from '#shared/profiles/contract.ts'

/** A device file that a person chose, named after its model. */
export async function readDocument(file: File): Promise<{ name: string; document: ProfileDocument } | 'unreadable' | 'large'> {
  if (file.size > bounds.bytes) return 'large'
  try {
    const content: unknown = JSON.parse(await file.text())
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return 'unreadable'
    const document = content as ProfileDocument
    const model = document['model']
    return { name: (typeof model === 'string' ? model : file.name.replace(/\.json$/i, '')).slice(0, 80), document }
  } catch {
    return 'unreadable'
  }
}

/** Gives a person a file to keep. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  URL.revokeObjectURL(address)
}
