import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** First the layout of this file, then the SHA-256 of what follows. */
const mark = Buffer.from('HGTOWN 1')
const hashBytes = 32
const headBytes = mark.length + hashBytes

/** What the demo town remembers, as a file of the data folder. */
export class StateFile {
  readonly #folder: string
  readonly #path: string

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'demo')
    this.#path = join(this.#folder, 'town.state')
  }

  /** null when there is none. Throws an Error for one that is damaged or of another layout. */
  async read(): Promise<Uint8Array | null> {
    const bytes = await readFile(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (bytes === null) return null
    if (!bytes.subarray(0, mark.length).equals(mark)) throw new Error('it is of another version')
    const saved = bytes.subarray(headBytes)
    if (!bytes.subarray(mark.length, headBytes).equals(sha256(saved))) throw new Error('it is damaged')
    return new Uint8Array(saved)
  }

  /** The file is the new one as a whole or the one before. */
  async write(saved: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await writeFile(`${this.#path}.new`, Buffer.concat([mark, sha256(saved), saved]), { mode: 0o600, flush: true })
    await rename(`${this.#path}.new`, this.#path)
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
