import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A file of the project: path from the root with `/`, and its text. Rules take these, so a planted breach needs no disk. */
export type SourceFile = { path: string; text: string }

/** A node of a syntax tree. */
export type Syntax = { type: string; start: number; end: number; [field: string]: unknown }

const notOurs = new Set(['node_modules', 'out', 'dist', '.git', '.results'])

/** Every file of the project that is neither installed nor made by a build. */
export function projectFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (notOurs.has(entry.name) || entry.name.endsWith('.log') || entry.name === '.DS_Store') return []
    return entry.isDirectory() ? projectFiles(path) : [path]
  })
}

export function readFiles(paths: readonly string[]): SourceFile[] {
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export function codeFiles(): SourceFile[] {
  return readFiles(projectFiles().filter((path) => isCode(path)))
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts')
}

export function isTest(path: string): boolean {
  return path.startsWith('tests/') || path.includes('/testing/') || /(\.(test|spec|bench)\.tsx?|\/conformance\.ts)$/.test(path)
}

/** Calls `visit` with every node of the file. Throws when the file does not parse. */
export function eachNode({ path, text }: SourceFile, visit: (node: Syntax, parents: readonly Syntax[]) => void): void {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const walk = (value: unknown, parents: readonly Syntax[]): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, parents)
    else if (isSyntax(value)) {
      visit(value, parents)
      const inner = [...parents, value]
      for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) walk(child, inner)
    }
  }
  walk(program, [])
}

export type Import = { written: string; path: string | undefined; names: string[] }

/**
 * What the file imports, also by `export … from`, `import()` and in types: as written, as a path from the root if it is ours,
 * and the names taken, with `type ` before a type.
 */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  eachNode(file, (node) => {
    const source = isSyntax(node['source']) ? node['source'] : undefined
    if (/^(Import|Export)(Declaration|NamedDeclaration|AllDeclaration|Expression)$|^TSImportType$/.test(node.type) && source) {
      const written = stringOf(source)
      if (written !== undefined) found.push({ written, path: pathOf(file.path, written), names: namesOf(node) })
    }
  })
  return found
}

function namesOf(node: Syntax): string[] {
  const specifiers = Array.isArray(node['specifiers']) ? node['specifiers'] : []
  const typesOnly = node['importKind'] === 'type'
  return specifiers.map((one) => {
    const name = (isSyntax(one) ? nameOf(one['imported']) : undefined) ?? '*'
    return typesOnly || (isSyntax(one) && one['importKind'] === 'type') ? `type ${name}` : name
  })
}

function pathOf(from: string, written: string): string | undefined {
  if (written.startsWith('#shared/')) return `src-shared/${written.slice('#shared/'.length)}`
  return written.startsWith('.') ? posix.join(posix.dirname(from), written) : undefined
}

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The text of a string literal, else undefined. */
export function stringOf(node: unknown): string | undefined {
  return isSyntax(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined
}

export function nameOf(node: unknown): string | undefined {
  return isSyntax(node) && node.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : undefined
}

export function lineOf({ path, text }: SourceFile, offset: number): string {
  return `${path}:${text.slice(0, offset).split('\n').length}`
}
