export type LockEntry = {
  version?: string
  resolved?: string
  license?: string
  dev?: boolean
  optionalDependencies?: Record<string, string>
}
export type Lock = { packages: Record<string, LockEntry> }
export type Wishes = {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** Licences that may be in what a user gets. */
const free = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '0BSD',
  'CC0-1.0',
  'CC-BY-4.0',
  'Unlicense',
  'Python-2.0',
  'WTFPL',
  'Zlib',
  // Fonts.
  'OFL-1.1',
])
/** Licences that only tools may have, which no user gets. */
const toolsOnly = new Set(['MPL-2.0'])
/** Whose MPL-2.0 asks for no more than is done: taken as it is, and NOTICE says where its source is. */
const unchanged = new Set(['web-push'])

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Binaries of other platforms that the lock does not name: an install there would break without a word. */
export function platformBreaches({ packages }: Lock): string[] {
  const present = new Set(Object.keys(packages).map(nameOf))
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !present.has(name))
      .map((name) => `${path === '' ? 'package.json' : nameOf(path)} names ${name}, which the lock lacks`),
  )
}

/** Entries that say where they were fetched, which ties everybody to that place. */
export function hostBreaches({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { resolved }]) => (resolved === undefined ? [] : [`${path} is tied to ${resolved}`]))
}

/** Versions wished for loosely. */
export function pinBreaches({ dependencies, devDependencies, optionalDependencies }: Wishes): string[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned: ${version}`)
}

/** Packages whose licence is not on the list. `known`: those that state theirs elsewhere. */
export function licenceBreaches({ packages }: Lock, known: Record<string, string> = {}): string[] {
  return Object.entries(packages).flatMap(([path, { license, dev = false }]) => {
    if (path === '') return []
    const stated = license ?? known[nameOf(path)]
    if (stated === undefined) return [`${nameOf(path)} states no licence`]
    return isFine(stated, dev || unchanged.has(nameOf(path))) ? [] : [`${nameOf(path)} has the licence ${stated}`]
  })
}

function isFine(stated: string, dev: boolean): boolean {
  const plain = stated.replaceAll(/[()]/g, '')
  const fine = (name: string) => free.has(name) || (dev && toolsOnly.has(name))
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((name) => fine(name.trim())))
}
