// Reads every point of a device file once at a device and prints the table: npm run try -- PROFILE --host ADDRESS
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Address } from '#shared/acquisition/port.ts'
import { shownDecimals } from '#shared/devices/codec.ts'
import { loadShelf } from '#shared/devices/load.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { textOf } from '#shared/devices/text.ts'
import { isSerial, ways, type SerialLine, type Way } from '#shared/devices/way.ts'
import { Failure } from '#shared/failures.ts'
import { checkProfile } from '#shared/profiles/check.ts'
import type { TestRow } from '#shared/profiles/contract.ts'
import { units } from '#shared/units.ts'
import { readJsonFiles } from '../src-main/resources.ts'
import { tryProfile } from '../src-worker/acquisition/try.ts'

export const usage = `Usage: npm run try -- PROFILE --host ADDRESS [options]

  PROFILE          such as danfoss/ecl310-a266.1, or the path of a device file (.json)
  --host ADDRESS   IP address, name, or the path of a serial port
  --port N         default 502; 0 for a serial port
  --unit N         Modbus unit, or primary address of a meter; default 1
  --way WAY        ${ways.join(', ')}
  --serial LINE    line of a serial port, such as 19200-8E1
  --member TEXT    which of several behind one line, such as the secondary address of a meter

Ends with 0 when the device answered, with 1 when there was no contact, with 2 when the command is wrong.
`

const resources = join(import.meta.dirname, '..', 'resources')

class Misuse extends Error {}

type Asked = { profile: FlatProfile; address: Address }

/** What the command line asks for. Throws with a sentence for a person. */
export function readCommand(argv: readonly string[], folder: string): Asked {
  const { values, positionals } = parse(argv)
  const [name] = positionals
  if (name === undefined || positionals.length !== 1) throw new Misuse(usage)
  if (values.host === undefined) throw new Misuse(`--host is missing\n\n${usage}`)
  const profile = profileNamed(name, folder)
  const way = wayNamed(values.way, profile)
  const serial = isSerial(way)
  if (serial && values.serial === undefined) throw new Misuse('a serial port needs its line, such as --serial 19200-8E1')
  return {
    profile,
    address: {
      host: values.host,
      port: numberIn('--port', values.port ?? (serial ? '0' : '502'), 0, 65535),
      unit: numberIn('--unit', values.unit ?? '1', 0, 255),
      way,
      member: values.member,
      serial: values.serial === undefined ? undefined : serialLine(values.serial),
    },
  }
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { host: text, port: text, unit: text, way: text, serial: text, member: text },
    })
  } catch (error) {
    throw new Misuse(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error })
  }
}

/** A profile that comes with the program, or a file with its parts among them. */
function profileNamed(name: string, folder: string): FlatProfile {
  const shelf = loadShelf(readJsonFiles(join(resources, 'profiles')))
  if (!name.endsWith('.json')) {
    const found = shelf.profiles.find(({ id }) => id === name)
    if (found) return found
    const near = shelf.profiles.filter(({ id }) => id.includes(name)).map(({ id }) => `  ${id}\n`)
    throw new Misuse(`there is no profile "${name}"${near.length > 0 ? `; there are\n${near.join('')}` : ''}`)
  }
  try {
    return checkProfile(name, JSON.parse(readFileSync(resolve(folder, name), 'utf8')), shelf.parts).profile
  } catch (error) {
    throw new Misuse(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const usualWays = { modbus: 'modbus-tcp', mbus: 'mbus-tcp', opcua: 'opcua', push: 'push', calculated: 'calculated' } as const

function wayNamed(name: string | undefined, { protocol }: FlatProfile): Way {
  if (name === undefined) return usualWays[protocol]
  const way = ways.find((one) => one === name)
  if (!way) throw new Misuse(`--way takes one of ${ways.join(', ')}`)
  return way
}

function numberIn(option: string, text: string, min: number, max: number): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < min || number > max) throw new Misuse(`${option} takes a number from ${min} to ${max}, not "${text}"`)
  return number
}

function serialLine(text: string): SerialLine {
  const [, baud, parity, stop] = /^(\d{3,7})-8([NEO])([12])$/i.exec(text) ?? []
  if (baud === undefined || parity === undefined)
    throw new Misuse(`--serial takes speed, parity and stop bits such as 19200-8E1, not "${text}"`)
  const parities = { N: 'none', E: 'even', O: 'odd' } as const
  return { baud: Number(baud), parity: parities[parity.toUpperCase() as 'N'], stop: stop === '2' ? 2 : 1 }
}

/** The rows of a read as lines of one table. */
export function tableOf(profile: FlatProfile, rows: readonly TestRow[]): string {
  const head = ['point', 'number', 'words', 'value', 'unit', 'quality']
  const cells = rows.map((row, i) => cellsOf(profile.points[i], row))
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((line) => line[i]?.length ?? 0)))
  const toRight = [1, 3]
  const lay = (line: readonly string[]) =>
    line
      .map((cell, i) => (toRight.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [lay(head), lay(widths.map((width) => '-'.repeat(width))), ...cells.map(lay)].join('\n')
}

function cellsOf(point: Point | undefined, { id, number, words, value, quality, failure }: TestRow): string[] {
  const told = failure ? `${failure.code}${'code' in failure.params ? ` ${failure.params['code']}` : ''}` : (quality ?? '')
  const text = value === null || !point ? '' : ((point.text && textOf(point.text, value)) ?? value.toFixed(shownDecimals(point)))
  const where = point?.from ?? String(number)
  return [id, where, words?.join(' ') ?? '', text, point && value !== null ? units[point.is] : '', told]
}

/** What went wrong and what to do about it, in the words that the screens use. */
function told({ code, params }: Failure): string {
  const texts = JSON.parse(readFileSync(join(resources, 'locales', 'en', 'failures.json'), 'utf8')) as Record<string, string>
  const text = (part: string) =>
    (texts[`${code}.${part}`] ?? '').replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''))
  return [`No contact (${code}): ${text('title')}`, text('hint')].filter((line) => line !== '').join('\n')
}

async function main(): Promise<number> {
  const { profile, address } = readCommand(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd())
  const { rows, answerMs, requests } = await tryProfile(profile, address, { clock: Date.now })
  const good = rows.filter(({ quality }) => quality === 'good').length
  process.stdout.write(`${profile.maker} ${profile.model}: ${profile.title}\n\n${tableOf(profile, rows)}\n\n`)
  process.stdout.write(`${rows.length} points, ${good} with a value; ${requests} requests, ${answerMs.toFixed(1)} ms each\n`)
  return 0
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof Misuse || error instanceof Failure)) throw error
    process.stderr.write(`${error instanceof Failure ? told(error) : error.message}\n`)
    process.exitCode = error instanceof Failure ? 1 : 2
  }
}
