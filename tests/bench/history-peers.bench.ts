import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databasePrograms, installForeignPeers } from '../../build/launch/foreign.mjs'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { sealedFolder } from '../../src-worker/history/manifest.ts'
import { check, Expected, questions, type Peer, type Question, type Way } from './history-peers.ts'
import { asked, devices, folder } from './history-questions.ts'
import { loadYear } from './load-year.ts'
import { median, report } from './measure.ts'
import { ours } from './peer-ours.ts'
import { postgres } from './peer-postgres.ts'
import { sqlite } from './peer-sqlite.ts'
import { victoria } from './peer-victoria.ts'

/**
 * The questions of `history` put to other databases too, on the same rows, turn by turn: HISTORY_DEVICES=4 (7 million rows, as it is
 * without) or 40 (70 million). Every answer is compared with what plain code makes of the rows. Each way of a question is asked twice without
 * counting; the fastest goes on, and its median counts.
 */
const what: Record<Question, string> = {
  raw: 'one point, a year raw',
  buckets: `one point, a year in ${asked.width} buckets`,
  ten: 'ten points, a month raw',
  newest: `newest of all ${asked.everything.length} points`,
  energy: `energy a day of ${asked.meters.length} meters, a year`,
  mean: `mean of a month of all ${asked.everything.length} points`,
}
const times: Record<Question, number> = { raw: 15, buckets: 15, ten: 15, newest: 15, energy: 7, mean: 7 }
const atOnce = 10

type Row = { question: Question; cells: { who: string; how: string; ms: number }[] }

const say = (text: string) => process.stdout.write(`${text}\n`)

const began = performance.now()
if (!existsSync(join(sealedFolder(folder), 'manifest'))) {
  await loadYear(folder, devices, () => {})
  report('Hearthgrid, its rows loaded', { seconds: secondsSince(began) })
}
const engine = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
const status = await engine.open({ folder, memoryMb: 256, threads: 2, timeZone: 'Europe/Berlin' })
const registers = Uint32Array.from(asked.meters.flatMap((series) => [series, series + 1]))
await engine.keep({ series: registers, register: new Uint8Array(registers.length).fill(1), keepDays: new Uint32Array(registers.length) })

const temporary = await mkdtemp(join(tmpdir(), 'hearthgrid-peers-'))
const peers: Peer[] = [ours(engine, { bytes: status.databaseBytes })]
let closed = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().finally(() => process.exit(1)))
try {
  const expected = await rightAnswers()
  report(`${(expected.rows / 1e6).toFixed(1)} million rows`, { 'Hearthgrid bytes a row': status.databaseBytes / expected.rows })
  await prepare(async () => sqlite(temporary), expected.rows)
  await installForeignPeers(databasePrograms).catch((error: Error) => say(error.message))
  await prepare(postgres, expected.rows)
  await prepare(victoria, expected.rows)
  const table: Row[] = []
  for (const question of questions) table.push(await measure(question, expected))
  print(table)
} finally {
  await close()
}

async function close(): Promise<void> {
  if (closed) return
  closed = true
  for (const peer of peers) await peer.close()
  await rm(temporary, { recursive: true, force: true })
}

/** The rows of the store itself, series by series; how long it takes to read them is told apart. */
async function* rows(reading = { seconds: 0 }) {
  for (let i = 0; i < asked.everything.length; i += atOnce) {
    const at = performance.now()
    const lines = await engine.samples({ series: asked.everything.slice(i, i + atOnce), ...asked.year })
    reading.seconds += secondsSince(at)
    yield lines
  }
}

async function rightAnswers(): Promise<Expected> {
  const expected = new Expected()
  for await (const lines of rows()) for (const line of lines) expected.take(line)
  return expected
}

/** Without a program that cannot be had the others are measured all the same. */
async function prepare(start: () => Promise<Peer>, count: number): Promise<void> {
  let peer: Peer
  try {
    peer = await start()
  } catch (error) {
    say(`Not measured: ${error instanceof Error ? error.message : String(error)}`)
    return
  }
  peers.push(peer)
  const at = performance.now()
  const reading = { seconds: 0 }
  await peer.load(rows(reading))
  report(`${peer.name}, loading`, { seconds: secondsSince(at) - reading.seconds, 'bytes a row': (await peer.bytes()) / count })
}

/** Medians of a question, by engine; and which way each was asked. */
async function measure(question: Question, expected: Expected): Promise<Row> {
  const turns: { who: string; way: Way; took: number[] }[] = []
  for (const peer of peers) {
    const ways = peer.ways[question]
    const [whole, alone] = [ways.filter((way) => !way.alone), ways.filter((way) => way.alone)]
    turns.push({ who: peer.name, way: await fastest(peer.name, whole, question, expected), took: [] })
    if (alone.length > 0) turns.push({ who: `${peer.name} alone`, way: await fastest(peer.name, alone, question, expected), took: [] })
  }
  for (let i = 0; i < times[question]; i++) for (const { way, took } of turns) took.push(await timed(way))
  return { question, cells: turns.map(({ who, way, took }) => ({ who, how: way.how, ms: median(took) })) }
}

/** Two times that do not count, of which the second chooses; and the answer is the right one. */
async function fastest(who: string, ways: Way[], question: Question, expected: Expected): Promise<Way> {
  let best: { way: Way; ms: number } | undefined
  for (const way of ways) {
    const { digest } = await way.ask()
    if (digest) check(`${who}, ${way.how}: ${what[question]}`, digest(), expected.digest(question))
    const ms = await timed(way)
    if (!best || ms < best.ms) best = { way, ms }
  }
  if (!best) throw new Error(`${who} has no answer`)
  return best.way
}

/** Milliseconds. Memory is not collected before: an answer right after that takes twice as long. */
async function timed(way: Way): Promise<number> {
  const at = performance.now()
  const { ms } = await way.ask()
  return ms ?? performance.now() - at
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000
}

function print(table: Row[]): void {
  const names = table[0]?.cells.map(({ who }) => who) ?? []
  const widths = names.map((name) => Math.max(20, name.length))
  const line = (first: string, cells: string[]) =>
    say(`${first.padEnd(44)}${cells.map((cell, i) => `  ${cell.padStart(widths[i] ?? 0)}`).join('')}`)
  say('\nMilliseconds, warm, medians; in brackets how many times as long as Hearthgrid')
  line('', names)
  for (const { question, cells } of table) {
    const mine = cells[0]?.ms ?? Number.NaN
    line(
      what[question],
      cells.map(({ ms }) => `${figure(ms)} (${figure(ms / mine)})`),
    )
  }
  say('\nAsked by (the fastest way of each)')
  for (const { question, cells } of table)
    say(
      `${what[question].padEnd(44)}  ${cells
        .slice(1)
        .map(({ who, how }) => `${who}: ${how}`)
        .join('; ')}`,
    )
}

function figure(number: number): string {
  return number >= 100 ? number.toFixed(0) : number.toPrecision(3)
}
