import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { trustFile, trustedSchema, type Trusted } from '#shared/opcua/trust.ts'

/** The certificates that people trusted, one for each server, in a file of the data folder that the acquisition thread reads too. */
export class TrustFile {
  readonly #folder: string
  #changing: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  async all(): Promise<Trusted[]> {
    try {
      return trustedSchema.parse(JSON.parse(await readFile(join(this.#folder, trustFile), 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw new Failure('storage.failed', { reason: trustFile }, { cause: error })
    }
  }

  /** Puts one in the place of what was trusted for its server before, which it returns. */
  put(one: Trusted): Promise<Trusted | undefined> {
    return this.#change((all) => ({
      before: all.find((other) => sameServer(other, one)),
      next: [...all.filter((other) => !sameServer(other, one)), one],
    }))
  }

  /** Returns what was trusted. */
  drop(server: { host: string; port: number }): Promise<Trusted | undefined> {
    return this.#change((all) => ({
      before: all.find((one) => sameServer(one, server)),
      next: all.filter((one) => !sameServer(one, server)),
    }))
  }

  #change(edit: (all: Trusted[]) => { before: Trusted | undefined; next: Trusted[] }): Promise<Trusted | undefined> {
    const changed = this.#changing.then(async () => {
      const { before, next } = edit(await this.all())
      await this.#write(next)
      return before
    })
    // Whoever comes next does not fail for it.
    this.#changing = changed.catch(() => undefined)
    return changed
  }

  async #write(all: readonly Trusted[]): Promise<void> {
    const path = join(this.#folder, trustFile)
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await writeFile(`${path}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flush: true })
      await rename(`${path}.new`, path)
    } catch (error) {
      throw new Failure('storage.failed', { reason: trustFile }, { cause: error })
    }
  }
}

export function sameServer(a: { host: string; port: number }, b: { host: string; port: number }): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port
}
