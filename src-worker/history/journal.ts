import { mkdir, open, rename, stat, unlink, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { storageFailure, syncFolder, writeAll } from './disk.ts'
import { frame, kinds, type Damage } from './frame.ts'
import { encodeBatch } from './record.ts'
import type { Batch, Rows } from './rows.ts'
import { batchesOf, canPack, listSegments, ownerOf, packSegment, readSegment, segmentPath, type Segment } from './segment.ts'

export type JournalOptions = {
  folder: string
  /** A segment that has reached this size is closed and packed. */
  segmentBytes: number
  /** Puts what was written on disk; resolves only when it is there. */
  sync: (handle: FileHandle) => Promise<void>
}

export type JournalListener = {
  /** Told in the order of the sequence, before the append resolves. */
  acknowledged(batch: Batch): void
  /** Everything that is under way is rejected. */
  rejected(): void
}

const repackMs = 60_000

type Entry = { batch: Batch | undefined; resolve: () => void; reject: (error: Failure) => void }
type Active = { handle: FileHandle; segment: Segment; listed: boolean }

/**
 * Append-only record of every batch, in files named after the sequence they begin with. Sequences of rejected batches are
 * given again: a batch whose sequence is not below the name of a later segment was never acknowledged and does not count.
 */
export class Journal {
  /** Damaged places met so far, as file and bytes. */
  readonly damages = new Set<string>()
  packFailure: string | undefined
  owner: string | undefined
  last = 0
  total = 0
  /** The newest batch found at opening. */
  readable = 0
  readonly #options: JournalOptions
  #listener: JournalListener | undefined
  #segments: Segment[] = []
  #active: Active | undefined
  #queue: Entry[] = []
  #draining: Promise<void> | undefined
  #nextSequence = 1
  #nextTotal = 0
  #closed = false
  #packing: Promise<void> = Promise.resolve()
  #packAgain: NodeJS.Timeout | undefined

  private constructor(options: JournalOptions) {
    this.#options = options
  }

  /** Opens or makes the folder and finds the newest readable batch. A file without any is put aside. */
  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options)
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    await syncFolder(dirname(options.folder))
    journal.#segments = await listSegments(options.folder)
    await journal.#findEnd()
    journal.readable = journal.last
    journal.#restart(journal.last, journal.total)
    return journal
  }

  /** True when everything behind a sequence is here: no segment after it is missing. */
  reaches(sequence: number): boolean {
    return (this.#segments[0]?.first ?? this.last + 1) <= sequence + 1
  }

  /** The files, oldest first; of each, `bytes` are acknowledged. */
  get segments(): readonly Segment[] {
    return this.#segments
  }

  /** Those that hold what comes after a sequence. */
  segmentsBehind(sequence: number): readonly Segment[] {
    return this.#segments.filter((_, i) => (this.#segments[i + 1]?.first ?? Infinity) > sequence + 1)
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0)
  }

  /** Names the store for new segments and goes on behind what the database already has. */
  continueAfter(owner: string, applied: { sequence: number; total: number }): void {
    this.owner = owner
    if (applied.sequence > this.last) this.#restart(applied.sequence, applied.total)
    this.#pack()
  }

  listen(listener: JournalListener): void {
    this.#listener = listener
  }

  /**
   * Resolves when the rows, and all given before them, are on disk. Without rows it only waits for those before. Rejects with
   * storage.full or storage.failed together with everything under way; the next append begins a new segment.
   */
  append(rows: Rows, corrects = false): Promise<void> {
    if (this.#closed) throw new Failure('cancelled')
    const count = rows.series.length
    const batch = count === 0 ? undefined : { ...rows, corrects, sequence: this.#nextSequence++, total: (this.#nextTotal += count) }
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch, resolve, reject })
      this.#draining ??= this.#drain()
    })
  }

  /** Acknowledged batches from a sequence on, oldest first. */
  async *read(from: number): AsyncGenerator<Batch> {
    let previous = from - 1
    const start = this.#segments.findLastIndex((segment) => segment.first <= from)
    for (let i = Math.max(0, start); i < this.#segments.length; i++) {
      const segment = this.#segments[i] as Segment
      const bytes = await readSegment(this.#options.folder, segment)
      for (const batch of batchesOf(bytes, (damage) => this.#note(segment, damage))) {
        if (batch.sequence > this.last) return
        if (batch.sequence >= (this.#segments[i + 1]?.first ?? Infinity)) break
        if (batch.sequence <= previous) continue
        previous = batch.sequence
        yield batch
      }
    }
  }

  /** Lets go of segments that hold nothing behind a sequence and were closed before a moment (UTC ms). */
  async trim(through: number, before: number): Promise<void> {
    await this.#packing
    for (;;) {
      const [oldest, next] = this.#segments
      if (!oldest || !next || next.first > through + 1 || oldest === this.#active?.segment) return
      const path = segmentPath(this.#options.folder, oldest.first, oldest.packed)
      if ((await stat(path)).mtimeMs >= before) return
      await unlink(path)
      this.#segments.shift()
    }
  }

  /** Waits for what is under way and closes the files. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#packAgain)
    await this.#draining
    await this.#active?.handle.close()
    this.#active = undefined
    await this.#packing
  }

  async #findEnd(): Promise<void> {
    const { folder } = this.#options
    for (let segment = this.#segments.at(-1); segment; segment = this.#segments.at(-1)) {
      const bytes = await readSegment(folder, segment)
      const found = segment
      this.owner ??= ownerOf(bytes)
      for (const batch of batchesOf(bytes, (damage) => this.#note(found, damage))) {
        this.last = Math.max(this.last, batch.sequence)
        this.total = Math.max(this.total, batch.total)
      }
      if (this.last > 0) return
      const path = segmentPath(folder, segment.first, segment.packed)
      await rename(path, `${path}.damaged`)
      this.#segments.pop()
    }
  }

  #note(segment: Segment, { from, to }: Damage): void {
    this.damages.add(`${segment.first}:${from}-${to}`)
  }

  #restart(last: number, total: number): void {
    this.last = last
    this.total = total
    this.#nextSequence = last + 1
    this.#nextTotal = total
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0)
      try {
        await this.#commit(group.flatMap(({ batch }) => batch ?? []))
      } catch (error) {
        await this.#reject([...group, ...this.#queue.splice(0)], storageFailure(error))
        continue
      }
      for (const { batch, resolve } of group) {
        if (batch) {
          this.last = batch.sequence
          this.total = batch.total
          this.#listener?.acknowledged(batch)
        }
        resolve()
      }
    }
    this.#draining = undefined
  }

  async #commit(batches: readonly Batch[]): Promise<void> {
    const [head] = batches
    if (!head) return
    if (this.#active && this.#active.segment.bytes >= this.#options.segmentBytes) await this.#roll(this.#active)
    this.#active ??= await this.#begin(head.sequence)
    const { handle, segment, listed } = this.#active
    const header = listed ? [] : [frame(kinds.header, [Buffer.from(this.owner ?? '', 'hex')])]
    const bytes = Buffer.concat([...header, ...batches.map(encodeBatch)])
    await writeAll(handle, bytes, segment.bytes)
    await this.#options.sync(handle)
    if (!listed) {
      await syncFolder(this.#options.folder)
      this.#segments.push(segment)
      this.#active.listed = true
    }
    segment.bytes += bytes.length
  }

  async #begin(first: number): Promise<Active> {
    const handle = await open(segmentPath(this.#options.folder, first, false), 'w', 0o600)
    return { handle, segment: { first, packed: false, bytes: 0 }, listed: false }
  }

  async #roll({ handle }: Active): Promise<void> {
    await handle.close()
    this.#active = undefined
    this.#pack()
  }

  async #reject(entries: readonly Entry[], failure: Failure): Promise<void> {
    const active = this.#active
    this.#active = undefined
    this.#restart(this.last, this.total)
    this.#listener?.rejected()
    if (active) await this.#abandon(active)
    for (const { reject } of entries) reject(failure)
  }

  /** Takes the unacknowledged end off a segment as far as the disk still obeys; the rule of the class holds without it. */
  async #abandon({ handle, segment, listed }: Active): Promise<void> {
    await Promise.allSettled([handle.truncate(segment.bytes)])
    await Promise.allSettled([handle.sync()])
    await Promise.allSettled([handle.close()])
    if (!listed) await Promise.allSettled([unlink(segmentPath(this.#options.folder, segment.first, false))])
  }

  #pack(): void {
    clearTimeout(this.#packAgain)
    this.#packing = this.#packing.then(async () => {
      for (const segment of this.#segments) {
        if (this.#closed) return
        if (!canPack || segment.packed || segment === this.#active?.segment) continue
        try {
          const bytes = await packSegment(this.#options.folder, segment.first)
          Object.assign(segment, { packed: true, bytes })
          this.packFailure = undefined
        } catch (error) {
          this.packFailure = storageFailure(error).message
          this.#packAgain = setTimeout(() => this.#pack(), repackMs).unref()
          return
        }
      }
    })
  }
}
