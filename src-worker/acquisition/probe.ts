import type { AcquisitionPort, ProbeResult, ProbeValues } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
import type { Area } from './drivers/driver.ts'
import type { Answer, RegisterLink } from './link.ts'
import type { Links } from './links.ts'
import { isRefusal } from './search.ts'

type ProbeInput = Parameters<AcquisitionPort['probe']>[0]

/**
 * Reads raw words at an address, through the connection that is open there or one for this purpose. A block that the device does
 * not have is null. When another unit than the one asked for answers, rejects with `device.wrongUnit` and params unit, answersAt.
 */
export async function probe(links: Links, connectMs: number, input: ProbeInput): Promise<ProbeResult> {
  const { address, blocks, timeoutMs } = input
  const user = { linkClosed: () => undefined }
  const link = links.registers(address, user, Math.min(connectMs, timeoutMs))
  const answers: number[] = []
  try {
    const words: (number[] | null)[] = []
    for (const [i, block] of blocks.entries()) {
      const ask = input.gentle ? quietly(link) : link.read.bind(link, 'person')
      const read = (unit: number, ms: number) => ask(unit, block.area, block.address, block.count, ms)
      const answer = i === 0 ? await firstAnswer(read, input) : await refusable(read(address.unit, timeoutMs))
      if (answer) answers.push(answer.answerMs)
      words.push(answer && Array.from(answer.data))
    }
    return { words, unit: address.unit, answerMs: medianOf(answers) }
  } finally {
    const leave = () => links.release(link, user)
    if (input.gentle) setTimeout(leave, lingerMs).unref()
    else leave()
  }
}

/** Whoever asks one unit after another finds the connection still open. */
const lingerMs = 500

/** Values of points by name, or without points any sign of life. Rejects with the Failure of the line. */
export async function probeValues(
  links: Links,
  { address, secret, points }: Parameters<AcquisitionPort['probeValues']>[0],
): Promise<ProbeValues> {
  const user = { linkClosed: () => undefined }
  const link = links.values(address, user, secret)
  try {
    const { data, answerMs } = await link.ask('person', (driver) => driver.readValues(address, points))
    const value = Array.from(data.value, (one) => (Number.isNaN(one) ? null : one))
    return { value, quality: Array.from(data.quality), answerMs: medianOf([answerMs]) }
  } finally {
    links.release(link, user)
  }
}

/**
 * Reads that wait for everybody else. Their silence is expected where nobody is known to be, so the link does not hear of it and
 * keeps its connection for the others.
 */
function quietly(link: RegisterLink) {
  return async (unit: number, area: Area, address: number, count: number, ms: number): Promise<Answer> => {
    const { data, ...rest } = await link.ask('contact', async (driver) => {
      try {
        return await driver.read(unit, area, address, count, ms)
      } catch (error) {
        if (isSilence(error)) return error
        throw error
      }
    })
    if (data instanceof Failure) throw data
    return { data, ...rest }
  }
}

function medianOf(answers: readonly number[]): number {
  const sorted = answers.toSorted((a, b) => a - b)
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10
}

type Read = (unit: number, timeoutMs: number) => ReturnType<RegisterLink['read']>

/** Asks the unit; when it says nothing, the units that often answer instead, all within the time-out. */
async function firstAnswer(read: Read, { address, serviceUnit, timeoutMs, gentle }: ProbeInput): Promise<Answer | null> {
  const others = gentle ? [] : ([...new Set([serviceUnit, 1])].filter((unit) => unit !== undefined && unit !== address.unit) as number[])
  let silence: Failure
  try {
    return await refusable(read(address.unit, others.length > 0 ? timeoutMs / 2 : timeoutMs))
  } catch (error) {
    if (!isSilence(error)) throw error
    silence = error
  }
  for (const unit of others) {
    if (await answers(read(unit, timeoutMs / 2 / others.length))) {
      throw new Failure('device.wrongUnit', { ...silence.params, unit: address.unit, answersAt: unit })
    }
  }
  throw silence
}

async function answers(reading: Promise<Answer>): Promise<boolean> {
  try {
    await reading
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.code === 'device.exception'
  }
}

async function refusable(reading: Promise<Answer>): Promise<Answer | null> {
  try {
    return await reading
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

/** A gateway says with an exception that nobody behind it answers. */
const isSilence = (error: unknown): error is Failure =>
  error instanceof Failure && (error.code === 'device.silent' || error.code === 'device.gateway')
