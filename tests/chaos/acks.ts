import { existsSync, readFileSync } from 'node:fs'
import type { Change } from './disk/record.ts'

/** What a program has said: batches and changes that it gave and that were acknowledged, and how far it has come. */
export class Acks {
  readonly batches = new Set<number>()
  readonly changes = new Set<number>()
  readonly words = new Set<string>()
  given = 0
  givenChanges = 0
  /** Rows that may be stored once more, as corrections of themselves. */
  corrections = 0

  hear(text: string): void {
    for (const line of text.split('\n')) {
      const [word = '', number] = line.split(' ')
      this.words.add(word)
      if (word === 'give') this.given = Math.max(this.given, Number(number) + 1)
      if (word === 'change') this.givenChanges = Math.max(this.givenChanges, Number(number) + 1)
      if (word === 'correct') this.corrections += Number(number)
      if (word === 'ack') this.batches.add(Number(number))
      if (word === 'changed') this.changes.add(Number(number))
    }
  }
}

/** What a program has said into a file, each line in one write. */
export function readAcks(path: string): Acks {
  const acks = new Acks()
  if (existsSync(path)) acks.hear(readFileSync(path, 'utf8'))
  return acks
}

/** Hears of a change that was a line said into the file. */
export function hearChange(acks: Acks, change: Change, path: string): void {
  if (change.op === 'written' && change.path === path) acks.hear(change.data.toString())
}
