import { eachNode, isSyntax, isTest, lineOf, nameOf, stringOf, type SourceFile, type Syntax } from './source.ts'
import { baseOf } from './texts.ts'

type Asked = { where: string; pattern: RegExp; words: string }

const letters = /\p{L}{2}/u
const shownAttributes = new Set([
  'title',
  'label',
  'placeholder',
  'description',
  'alt',
  'aria-label',
  'aria-description',
  'error',
  'hint',
  'emptyText',
])
/** Names are the same in every language. */
const names = new Set(['Hearthgrid'])

/** Texts that a person would read on the screen but that stand in the code instead of the locales. */
export function visibleTextBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.endsWith('.tsx') && !isTest(path))
    .flatMap((file) => {
      const found: string[] = []
      eachNode(file, (node, parents) => {
        const text = node.type === 'JSXText' ? String(node['value']) : (stringOf(node) ?? templateText(node))
        if (text === undefined || !letters.test(text) || names.has(text.trim())) return
        if (node.type === 'JSXText' || isDrawn(parents)) found.push(`${lineOf(file, node.start)} shows "${text.trim()}"`)
      })
      return found
    })
}

// A string is drawn when only choices stand between it and the element's children or a shown attribute.
function isDrawn(parents: readonly Syntax[]): boolean {
  for (const parent of parents.toReversed()) {
    if (['ConditionalExpression', 'LogicalExpression', 'JSXExpressionContainer', 'ParenthesizedExpression'].includes(parent.type)) continue
    if (parent.type === 'JSXAttribute') return isSyntax(parent['name']) && shownAttributes.has(String(parent['name']['name']))
    return parent.type === 'JSXElement' || parent.type === 'JSXFragment'
  }
  return false
}

function templateText(node: Syntax): string | undefined {
  return node.type === 'TemplateLiteral' ? quasis(node).join(' ') : undefined
}

/** Keys that the code asks of the function `asks`, such as `t('cancel')`; a template counts for every key it can become. */
export function askedKeys(files: readonly SourceFile[], asks: string): Asked[] {
  return files
    .filter(({ path }) => !isTest(path))
    .flatMap((file) => {
      const found: Asked[] = []
      eachNode(file, (node) => {
        const called = nameOf(node['callee']) ?? (isSyntax(node['callee']) ? nameOf(node['callee']['property']) : undefined)
        if (node.type !== 'CallExpression' || called !== asks || !Array.isArray(node['arguments'])) return
        for (const key of choices(node['arguments'][0])) {
          const pattern = patternOf(key)
          if (pattern) found.push({ where: lineOf(file, node.start), ...pattern })
        }
      })
      return found
    })
}

export function missingKeyBreaches(asked: readonly Asked[], lines: Record<string, string>): string[] {
  const bases = Object.keys(lines).map((key) => baseOf(key, lines))
  return asked
    .filter(({ pattern }) => !bases.some((key) => pattern.test(key)))
    .map(({ where, words }) => `${where} asks for ${words}, which has no text`)
}

/** Keys that no string and no template in the code can mean. */
export function unusedKeyBreaches(files: readonly SourceFile[], lines: Record<string, string>): string[] {
  const strings = new Set<string>()
  const patterns: RegExp[] = []
  for (const file of files.filter(({ path }) => !isTest(path)))
    eachNode(file, (node) => {
      const text = stringOf(node)
      if (text !== undefined) strings.add(text)
      const pattern = node.type === 'TemplateLiteral' ? patternOf(node) : undefined
      if (pattern && /^[a-z]\w*\./i.test(quasis(node)[0] ?? '')) patterns.push(pattern.pattern)
    })
  const bases = [...new Set(Object.keys(lines).map((key) => baseOf(key, lines)))]
  return bases.filter((key) => !strings.has(key) && !patterns.some((pattern) => pattern.test(key))).map((key) => `nothing asks for ${key}`)
}

function choices(node: unknown): unknown[] {
  if (isSyntax(node) && node.type === 'ConditionalExpression') return [...choices(node['consequent']), ...choices(node['alternate'])]
  return [node]
}

function patternOf(node: unknown): { pattern: RegExp; words: string } | undefined {
  const text = stringOf(node)
  if (text !== undefined) return { pattern: new RegExp(`^${escaped(text)}$`), words: text }
  if (!isSyntax(node) || node.type !== 'TemplateLiteral') return undefined
  const parts = quasis(node)
  return parts.join('') === '' ? undefined : { pattern: new RegExp(`^${parts.map(escaped).join('.+')}$`), words: parts.join('…') }
}

function quasis(node: Syntax): string[] {
  const parts = Array.isArray(node['quasis']) ? node['quasis'] : []
  return parts.map((part: { value?: { cooked?: string } }) => part.value?.cooked ?? '')
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
