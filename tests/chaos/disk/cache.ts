import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Content, type ContentChange } from './content.ts'
import type { Change } from './record.ts'

/**
 * What a cut leaves. `kill`: only the program ends, the system keeps all it was given. The others are power cuts, after which
 * there is what the disk has confirmed, and of the rest: its beginning in time, any of its pages, or any parts of its pages.
 */
export const cuts = ['kill', 'prefix', 'lossy', 'torn'] as const
export type Cut = (typeof cuts)[number]
export type Random = (limit: number) => number

const page = 4096
const sector = 512

/** A change of a file's content that the disk has not confirmed. `doomed`: its sync failed, so that no later one will write it. */
type Pending = { order: number; doomed: boolean } & ContentChange
/** `seen`: what programs read; `sure`: what the disk has confirmed. */
type File = { folder: boolean; seen: Content; sure: Content; pending: Pending[] }
/** A change of names. It is sure once its folder is synced. */
type Naming = { order: number; folder: string; apply: (names: Map<string, File>) => void }

/** A file system with a write-back cache, to which a program's changes are repeated one by one. */
export class WriteBackCache {
  /** Everything up to here has happened. */
  #order = 0
  #now = new Map<string, File>()
  #sure = new Map<string, File>()
  #namings: Naming[] = []
  readonly #syncs = new Map<string, { path: string; order: number }>()
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** Takes a folder as it is for confirmed; its paths become those of the program's folder. */
  load(folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const place = join(entry.parentPath, entry.name)
      const path = this.#root + place.slice(folder.length)
      const file: File = {
        folder: entry.isDirectory(),
        seen: new Content(entry.isDirectory() ? undefined : readFileSync(place)),
        sure: new Content(entry.isDirectory() ? undefined : readFileSync(place)),
        pending: [],
      }
      for (const names of [this.#now, this.#sure]) names.set(path, file)
    }
  }

  repeat(change: Change): void {
    const order = ++this.#order
    switch (change.op) {
      case 'created':
      case 'made': {
        const file: File = { folder: change.op === 'made', seen: new Content(), sure: new Content(), pending: [] }
        return this.#rename(change.path, (names) => names.set(change.path, file))
      }
      case 'unlinked':
      case 'removed':
        return this.#rename(change.path, (names) => names.delete(change.path))
      case 'renamed':
        return this.#rename(change.to, (names) => move(names, change.path, change.to))
      case 'linked': {
        const file = this.#now.get(change.path)
        if (file) this.#rename(change.to, (names) => names.set(change.to, file))
        return
      }
      case 'written':
        return this.#write(change.path, { order, doomed: false, at: change.at, data: change.data })
      case 'sized':
        return this.#write(change.path, { order, doomed: false, size: change.size })
      case 'syncBegan':
        this.#syncs.set(`${change.thread} ${change.path}`, { path: change.path, order })
        return
      case 'syncEnded': {
        const key = `${change.thread} ${change.path}`
        const began = this.#syncs.get(key)
        this.#syncs.delete(key)
        if (began && change.outcome !== 'interrupted') this.#confirm(change.path, began.order, change.outcome === 'failed')
      }
    }
  }

  /** Writes what would be there after a cut now; paths of the program's folder become those of `image`. Names in `without` are left out. */
  cut(image: string, kind: Cut, random: Random, without: RegExp): void {
    const unsure = [
      ...this.#namings.map(({ order }) => order),
      ...[...this.#now.values()].flatMap(({ pending }) => pending.map(({ order }) => order)),
    ]
    const first = Math.min(this.#order, ...unsure)
    const last = kind === 'kill' ? this.#order : first - 1 + random(this.#order - first + 2)
    const names = new Map(this.#sure)
    for (const { order, apply } of this.#namings) if (order <= last) apply(names)
    mkdirSync(image, { recursive: true })
    for (const [path, file] of names) {
      if (without.test(path) || !this.#reachable(path, names)) continue
      const place = join(image, path.slice(this.#root.length))
      if (file.folder) mkdirSync(place, { recursive: true })
      else {
        mkdirSync(dirname(place), { recursive: true })
        writeFileSync(place, content(file, kind, last, random), { mode: 0o600 })
      }
    }
  }

  /** How much the disk has not confirmed: files with such bytes, and names. */
  get unconfirmed(): { files: number; names: number } {
    const files = [...this.#now.values()].filter(({ pending }) => pending.length > 0).length
    return { files, names: this.#namings.length }
  }

  #write(path: string, pending: Pending): void {
    const file = this.#now.get(path)
    file?.seen.apply(pending)
    file?.pending.push(pending)
  }

  #rename(path: string, apply: Naming['apply']): void {
    apply(this.#now)
    this.#namings.push({ order: this.#order, folder: dirname(path), apply })
  }

  /** A sync confirms what was there when it began. After a failed one the system takes the bytes for written, and they are not. */
  #confirm(path: string, upTo: number, failed: boolean): void {
    const file = this.#now.get(path)
    if (path === this.#root || file?.folder) {
      if (failed) return
      // A folder brings the names of the folders above it along, as journalling file systems do.
      const confirmed = (naming: Naming) => naming.order <= upTo && (naming.folder === path || `${path}/`.startsWith(`${naming.folder}/`))
      for (const naming of this.#namings) if (confirmed(naming)) naming.apply(this.#sure)
      this.#namings = this.#namings.filter((naming) => !confirmed(naming))
      return
    }
    if (!file) return
    if (failed) {
      for (const pending of file.pending) if (pending.order <= upTo) pending.doomed = true
      return
    }
    const isDone = ({ order, doomed }: Pending) => order <= upTo && !doomed
    for (const pending of file.pending) if (isDone(pending)) file.sure.apply(pending)
    file.pending = file.pending.filter((pending) => !isDone(pending))
  }

  #reachable(path: string, names: ReadonlyMap<string, File>): boolean {
    for (let folder = dirname(path); folder.length > this.#root.length; folder = dirname(folder)) {
      if (!names.get(folder)?.folder) return false
    }
    return true
  }
}

function move(names: Map<string, File>, from: string, to: string): void {
  const isMoved = ([path]: [string, File]) => path === from || path.startsWith(`${from}/`)
  for (const [path, file] of names.entries().filter(isMoved).toArray()) {
    names.delete(path)
    names.set(to + path.slice(from.length), file)
  }
}

function content(file: File, kind: Cut, last: number, random: Random): Buffer {
  if (kind === 'kill') return file.seen.bytes
  const content = file.sure.copy()
  for (const pending of file.pending) {
    if (pending.doomed) continue
    else if (kind === 'prefix') {
      if (pending.order <= last) content.apply(pending)
    } else if ('size' in pending) {
      if (random(2) === 0) content.apply(pending)
    } else for (const part of pages(pending)) if (random(2) === 0) content.apply(kind === 'torn' ? torn(part, random) : part)
  }
  return content.bytes
}

/** A write cut where the disk's pages end. */
function* pages({ at, data }: { at: number; data: Buffer }): Generator<{ at: number; data: Buffer }> {
  for (let from = 0; from < data.length;) {
    const to = Math.min(data.length, (Math.floor((at + from) / page) + 1) * page - at)
    yield { at: at + from, data: data.subarray(from, to) }
    from = to
  }
}

/** The first sectors of a page, at least a part of one. */
function torn({ at, data }: { at: number; data: Buffer }, random: Random): { at: number; data: Buffer } {
  const length = random(3) === 0 ? random(data.length) : Math.min(data.length, random(page / sector) * sector)
  return { at, data: data.subarray(0, length) }
}
