import type { AcquisitionPort, ProbeResult } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
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
      const read = (unit: number, ms: number) => link.read('person', unit, block.area, block.address, block.count, ms)
      const answer = i === 0 ? await firstAnswer(read, input) : await refusable(read(address.unit, timeoutMs))
      if (answer) answers.push(answer.answerMs)
      words.push(answer && Array.from(answer.data))
    }
    return { words, unit: address.unit, answerMs: Math.round((answers.sort((a, b) => a - b)[answers.length >> 1] ?? 0) * 10) / 10 }
  } finally {
    links.release(link, user)
  }
}

type Read = (unit: number, timeoutMs: number) => ReturnType<RegisterLink['read']>

/** Asks the unit; when it says nothing, the units that often answer instead, all within the time-out. */
async function firstAnswer(read: Read, { address, serviceUnit, timeoutMs }: ProbeInput): Promise<Answer | null> {
  const others = [...new Set([serviceUnit, 1])].filter((unit) => unit !== undefined && unit !== address.unit) as number[]
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
