/** The texts of one language: name of the file without `.json` → key with dots → text. */
export type Texts = Record<string, Record<string, string>>

const pluralEnding = /_(zero|one|two|few|many|other)$/

/** Keys with dots of a nested file. A text that is no text is reported as a breach by `flatten` throwing with its key. */
export function flatten(value: unknown, prefix = ''): Record<string, string> {
  if (typeof value === 'string') return { [prefix]: value }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${prefix} is not a text`)
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flatten(inner, prefix === '' ? key : `${prefix}.${key}`)))
}

/** The key without the ending of a plural form, when the source language has that plural. */
export function baseOf(key: string, source: Record<string, string>): string {
  const base = key.replace(pluralEnding, '')
  return base !== key && `${base}_other` in source ? base : key
}

export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map(([, name = '']) => name))].sort()
}

/** What a language has that English has not, texts that are empty or fill other placeholders, plurals with forms missing. */
export function languageBreaches(language: string, texts: Texts, english: Texts): string[] {
  return Object.entries(texts).flatMap(([file, lines]) => {
    const source = english[file]
    if (!source) return [`${language}/${file}: English has no such file`]
    return [
      ...Object.entries(lines).flatMap(([key, text]) => lineBreaches(`${language}/${file} ${key}`, key, text, source)),
      ...plurals(language, file, lines, source),
    ]
  })
}

function lineBreaches(where: string, key: string, text: string, source: Record<string, string>): string[] {
  const base = baseOf(key, source)
  const original = source[key] ?? source[`${base}_other`]
  if (original === undefined) return [`${where}: English has no such key`]
  if (text.trim() === '') return [`${where}: empty`]
  const [mine, theirs] = [placeholdersOf(text), placeholdersOf(original)]
  // "One device" need not say the number.
  const needed = base === key ? theirs : theirs.filter((name) => name !== 'count')
  const fits = mine.every((name) => theirs.includes(name)) && needed.every((name) => mine.includes(name))
  return fits ? [] : [`${where}: fills {${mine.join(', ')}} where English fills {${theirs.join(', ')}}`]
}

function plurals(language: string, file: string, lines: Record<string, string>, source: Record<string, string>): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const bases = new Set(
    Object.keys(lines)
      .map((key) => baseOf(key, source))
      .filter((base) => `${base}_other` in source),
  )
  return [...bases].flatMap((base) =>
    forms.filter((form) => !(`${base}_${form}` in lines)).map((form) => `${language}/${file} ${base}: the form "${form}" is missing`),
  )
}

/** What English says and a language does not; a plural counts in the forms of that language. */
export function gapBreaches(language: string, texts: Texts, english: Texts): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  return Object.entries(english).flatMap(([file, source]) => {
    const lines = texts[file] ?? {}
    const needed = Object.keys(source).flatMap((key) => {
      const base = baseOf(key, source)
      return base === key || key.endsWith('_zero') ? [key] : forms.map((form) => `${base}_${form}`)
    })
    return [...new Set(needed)].filter((key) => !(key in lines)).map((key) => `${language}/${file} ${key}: not translated`)
  })
}

/** Failure codes without a title in the texts, and titles of codes that do not exist. */
export function failureBreaches(codes: readonly string[], lines: Record<string, string>): string[] {
  const told = Object.keys(lines)
    .filter((key) => key.endsWith('.title'))
    .map((key) => key.slice(0, -'.title'.length))
  return [
    ...codes.filter((code) => !told.includes(code)).map((code) => `the failure ${code} has no title`),
    ...told.filter((code) => !codes.includes(code)).map((code) => `${code}.title belongs to no failure`),
  ]
}
