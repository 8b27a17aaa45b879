import { eachNode, isTest, nameOf, isSyntax, type SourceFile } from './source.ts'

const ceiling = 300
const testCeiling = 500
const small = 100

const vagueNames = /^(utils?|helpers?|common|lib|core|misc|services?|models|types|shared|managers?|constants|index)$/i

export function linesOf(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
}

/** Files longer than 300 lines (tests 500). */
export function sizeBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = linesOf(text)
    const limit = isTest(path) ? testCeiling : ceiling
    return lines > limit ? [`${path} has ${lines} lines, more than ${limit}`] : []
  })
}

/** The share of files under 100 lines, tests left out. */
export function smallShare(files: readonly SourceFile[]): number {
  const code = files.filter(({ path }) => !isTest(path))
  return code.length === 0 ? 0 : code.filter(({ text }) => linesOf(text) < small).length / code.length
}

/** Folders and files with names that say nothing, and files not named like their kind. */
export function nameBreaches(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const parts = path.split('/')
    const file = parts.pop() ?? ''
    const stem = file.replace(/\..*$/, '')
    const isCode = /\.(ts|tsx|mjs)$/.test(file)
    const named = isCode ? [...parts, stem] : parts
    const troubles = named.filter((part) => vagueNames.test(part)).map((part) => `${path}: "${part}" does not say what is in it`)
    const shape = file.endsWith('.tsx') ? /^[A-Z][A-Za-z0-9]*$|^[a-z][a-z0-9-]*$/ : /^\d*[a-z0-9][a-z0-9-]*$/
    if (isCode && !shape.test(stem)) troubles.push(`${path}: not a name of its kind`)
    return troubles
  })
}

/** Component files that do not export what their name says. */
export function componentBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const name = /\/([A-Z][A-Za-z0-9]*)\.tsx$/.exec(file.path)?.[1]
    if (name === undefined) return []
    const exported = new Set<string>()
    eachNode(file, (node) => {
      if (node.type !== 'ExportNamedDeclaration') return
      const declaration = node['declaration']
      if (!isSyntax(declaration)) return
      const declared = Array.isArray(declaration['declarations']) ? declaration['declarations'] : [declaration]
      for (const one of declared) if (isSyntax(one)) exported.add(nameOf(one['id']) ?? '')
    })
    // A screen that the site map loads is called Screen, whatever its file.
    return exported.has(name) || (name.endsWith('Screen') && exported.has('Screen')) ? [] : [`${file.path} does not export ${name}`]
  })
}
