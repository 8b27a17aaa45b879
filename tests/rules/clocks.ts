import { eachNode, isTest, lineOf, nameOf, type SourceFile } from './source.ts'

/** Every look at the machine's clock outside the files that make a clock for the rest. */
export function clockBreaches(files: readonly SourceFile[], makers: readonly string[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src-') && !isTest(path) && !makers.includes(path))
    .flatMap((file) => {
      const found: string[] = []
      eachNode(file, (node) => {
        const dateNow = node.type === 'MemberExpression' && nameOf(node['object']) === 'Date' && nameOf(node['property']) === 'now'
        const empty = Array.isArray(node['arguments']) && node['arguments'].length === 0
        const bareDate = (node.type === 'NewExpression' || node.type === 'CallExpression') && nameOf(node['callee']) === 'Date' && empty
        if (dateNow || bareDate) found.push(`${lineOf(file, node.start)} looks at the machine's clock`)
      })
      return found
    })
}
