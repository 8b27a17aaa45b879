import { loadShelf } from '#shared/devices/load.ts'
import type { FlatProfile, Part, Profile } from '#shared/devices/profile.ts'
import { isOwn } from '#shared/profiles/name.ts'

/** All device files that are known now: those that come with the program, and those made in this installation. */
export class Shelf {
  /** Live: the same array at all times, in order of ids. */
  readonly profiles: FlatProfile[]
  readonly documents: Map<string, Profile>
  readonly parts: Map<string, Part>
  /** Own files that cannot be used: id → what is wrong with each. */
  readonly faults = new Map<string, string>()

  /** `files` are those that come with the program. Throws when one of them is wrong. */
  constructor(files: ReadonlyMap<string, unknown>) {
    const { profiles, documents, parts } = loadShelf(files)
    this.profiles = profiles
    this.documents = documents
    this.parts = parts
  }

  /** How many files this installation has of its own. */
  own(): number {
    return [...this.documents.keys(), ...this.faults.keys()].filter(isOwn).length
  }

  find(id: string): FlatProfile | undefined {
    return this.profiles.find((profile) => profile.id === id)
  }

  put(profile: FlatProfile, document: Profile): void {
    this.drop(profile.id)
    this.documents.set(profile.id, document)
    const place = this.profiles.findIndex(({ id }) => id > profile.id)
    this.profiles.splice(place === -1 ? this.profiles.length : place, 0, profile)
  }

  drop(id: string): void {
    this.faults.delete(id)
    this.documents.delete(id)
    const place = this.profiles.findIndex((profile) => profile.id === id)
    if (place !== -1) this.profiles.splice(place, 1)
  }
}
