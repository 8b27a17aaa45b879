/** What ids of own profiles begin with, so that none can stand in for one that comes with the program. */
export const ownPrefix = 'user/'

export const isOwn = (id: string) => id.startsWith(ownPrefix)

const edges = /^[.-]+|[.-]+$/g

/** Names that Windows keeps for itself, whatever their ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/

/** Whether a word can be a folder or file on every system: small letters, digits, dots and hyphens, at most 64. */
export function isFileName(word: string): boolean {
  return word.length <= 64 && /^[a-z0-9][a-z0-9.-]*$/.test(word) && !word.includes('..') && !word.endsWith('.') && !reserved.test(word)
}

/** The file name that a name in any language gives, such as "heat-one" for "Heat One". Empty when nothing of it can be used. */
export function fileNameOf(name: string): string {
  const plain = name
    .slice(0, 200)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .slice(0, 64)
  const word = plain.replaceAll(edges, '')
  return word === '' || isFileName(word) ? word : `file-${word}`.slice(0, 64).replaceAll(edges, '')
}

/** Id of an own profile, such as `user/acme/heat-one`. Null when maker or name give no file name, or one that means parts. */
export function ownId(maker: string, name: string): string | null {
  const [folder, file] = [fileNameOf(maker), fileNameOf(name)]
  return folder === '' || file === '' || folder === 'parts' || file === 'parts' ? null : `${ownPrefix}${folder}/${file}`
}
