import { eachNode, isSyntax, isTest, lineOf, nameOf, type SourceFile, type Syntax } from './source.ts'

/** Numbers that mean the same everywhere: limits of words and of digits, the first year of the clock, the end of a day as a clock shows it. */
const wellKnown = new Set([1024, 32767, 32768, 65535, 9999, 1970, 2400])

/** Where register numbers of makers would do harm: they belong into profiles. The physics of the simulated town knows no registers. */
const numberless = /^src-(worker\/(acquisition|simulator(?!\/physics\/))|shared\/devices|main\/devices)\//

/**
 * Whole numbers from 1,000 to 65,535 that could be registers. Free are well-known numbers, masks in hexadecimal, full thousands,
 * years of a date, and numbers whose name says their unit (`timeoutMs = 2500`, `{ capacityBytes: 4096 }`).
 */
export function registerBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => numberless.test(path) && !isTest(path))
    .flatMap((file) => {
      const found: string[] = []
      eachNode(file, (node, parents) => {
        const value = node['value']
        if (node.type !== 'Literal' || typeof value !== 'number' || !Number.isInteger(value)) return
        if (value < 1000 || value > 65535 || wellKnown.has(value) || isHexadecimal(node) || value % 1000 === 0) return
        if (!parents.some((parent) => saysItsUnit(parent) || isDate(parent)))
          found.push(`${lineOf(file, node.start)} holds the number ${value}`)
      })
      return found
    })
}

function isHexadecimal(node: Syntax): boolean {
  return String(node['raw']).startsWith('0x')
}

function isDate(node: Syntax): boolean {
  const callee = node['callee']
  return isSyntax(callee) && nameOf(callee['object']) === 'Date' && nameOf(callee['property']) === 'UTC'
}

function saysItsUnit(node: Syntax): boolean {
  const name = nameOf(node['id']) ?? nameOf(node['key']) ?? nameOf(node['left'])
  return name !== undefined && /(Ms|Seconds|Bits|Bytes|Words|Mb|Hours|Days|PerHour|Kwh|Port|[bB]aud)$/.test(name)
}
