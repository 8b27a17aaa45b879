import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../tests/data/mbus/', import.meta.url))

export type ExpectedRecord = {
  function?: string
  storageNumber?: number
  tariff?: number
  device?: number
  quantity?: string
  unit?: string
  value?: string
}

export type Expected = {
  slave: { id: string; manufacturer?: string; version?: string; medium: string; status: string; accessNumber: string; signature?: string }
  records: ExpectedRecord[]
}

export type Kind = 'valid' | 'errors' | 'unsupported'

export function frameNames(kind: Kind): string[] {
  return readdirSync(folder + kind)
    .filter((file) => file.endsWith('.hex'))
    .map((file) => file.slice(0, -'.hex'.length))
}

export function frameBytes(kind: Kind, name: string): Uint8Array {
  return bytesOf(readFileSync(`${folder}${kind}/${name}.hex`, 'utf8'))
}

export function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(`${folder}valid/${name}.expected.json`, 'utf8')) as Expected
}

/** Bytes from hexadecimal numbers with spaces between them. */
export function bytesOf(text: string): Uint8Array {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return Uint8Array.from(words, (word) => Number.parseInt(word, 16))
}
