type Header = { name: string; value: string }

/** Headers as lines of "Name: value". */
export const headerText = (headers: readonly Header[]): string => headers.map(({ name, value }) => `${name}: ${value}`).join('\n')

/** A line without a colon is a name without a value, so that the check of names refuses it. */
export function headersOf(text: string): Header[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const colon = line.indexOf(':')
      return colon < 1 ? { name: `${line} `, value: '' } : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
    })
}
