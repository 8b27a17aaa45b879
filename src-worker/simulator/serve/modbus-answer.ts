import type { Area } from '../image/place.ts'

/** Modbus exception codes that a controller or the gateway before it gives. */
export const exceptions = { illegalFunction: 1, illegalAddress: 2, illegalValue: 3, noAnswer: 11 } as const
export type Exception = (typeof exceptions)[keyof typeof exceptions]

/** Registers and coils of one controller by wire address (counted from 0). */
export type RegisterBank = {
  /** Called once before the registers of a request are touched. */
  refresh(): void
  /** Raw word 0…65535 (a coil 0 or 1), or undefined when the address is not served. */
  read(area: Area, address: number): number | undefined
  /** Takes over raw words from an address on, all of them, or says why none. */
  write(area: Area, address: number, words: readonly number[]): Exception | 'done'
}

/** `maxCount`: registers in one read. `input`: the area that function 4 reads. */
export type AnswerRules = { functions: readonly number[]; maxCount: number; input: 'holding' | 'input' }

const readCoils = 1
const readDiscrete = 2
const readHolding = 3
const readInput = 4
const writeCoil = 5
const writeSingle = 6
const writeCoils = 15
const writeMany = 16
const writes = new Set([writeCoil, writeSingle, writeCoils, writeMany])
const known = new Set([readCoils, readDiscrete, readHolding, readInput, ...writes])
const maxBits = 2_000
const maxWritten = { words: 123, coilBits: 1_968 } as const
const on = 0xff00

/** Carries out one request PDU and gives the answer PDU. */
export function answer(bank: RegisterBank, pdu: Buffer, rules: AnswerRules): Buffer {
  const code = pdu.readUInt8(0)
  if (!known.has(code) || !rules.functions.includes(code)) return refuse(code, exceptions.illegalFunction)
  const many = code === writeCoils || code === writeMany
  if (many ? pdu.length < 6 : pdu.length !== 5) return refuse(code, exceptions.illegalValue)
  const address = pdu.readUInt16BE(1)
  const word = pdu.readUInt16BE(3)
  const wanted = many ? wordsOf(pdu, code, word) : code === writeCoil ? coilOf(word) : [word]
  if (!wanted) return refuse(code, exceptions.illegalValue)
  bank.refresh()
  if (writes.has(code)) {
    const outcome = bank.write(code === writeCoil || code === writeCoils ? 'coil' : 'holding', address, wanted)
    return outcome === 'done' ? pdu.subarray(0, 5) : refuse(code, outcome)
  }
  if (code === readCoils || code === readDiscrete) return bits(bank, code, address, word)
  return registers(bank, code, address, word, rules)
}

export function isWrite(pdu: Buffer): boolean {
  return writes.has(pdu[0] ?? 0)
}

export function refuse(code: number, exception: Exception): Buffer {
  return Buffer.from([(code | 0x80) & 0xff, exception])
}

function registers(bank: RegisterBank, code: number, address: number, count: number, rules: AnswerRules): Buffer {
  if (count < 1 || count > rules.maxCount) return refuse(code, exceptions.illegalValue)
  const area = code === readInput ? rules.input : 'holding'
  const reply = Buffer.alloc(2 + 2 * count)
  reply.writeUInt8(code, 0)
  reply.writeUInt8(2 * count, 1)
  for (let i = 0; i < count; i++) {
    const raw = address + i > 0xffff ? undefined : bank.read(area, address + i)
    if (raw === undefined) return refuse(code, exceptions.illegalAddress)
    reply.writeUInt16BE(raw, 2 + 2 * i)
  }
  return reply
}

function bits(bank: RegisterBank, code: number, address: number, count: number): Buffer {
  if (count < 1 || count > maxBits) return refuse(code, exceptions.illegalValue)
  const bytes = Math.ceil(count / 8)
  const reply = Buffer.alloc(2 + bytes)
  reply.writeUInt8(code, 0)
  reply.writeUInt8(bytes, 1)
  for (let i = 0; i < count; i++) {
    const raw = address + i > 0xffff ? undefined : bank.read(code === readCoils ? 'coil' : 'discrete', address + i)
    if (raw === undefined) return refuse(code, exceptions.illegalAddress)
    const at = 2 + (i >> 3)
    if (raw) reply.writeUInt8(reply.readUInt8(at) | (1 << (i & 7)), at)
  }
  return reply
}

function coilOf(word: number): number[] | undefined {
  return word === on ? [1] : word === 0 ? [0] : undefined
}

/** The words of a request that writes several, or undefined when it does not agree with itself. */
function wordsOf(pdu: Buffer, code: number, count: number): number[] | undefined {
  const coils = code === writeCoils
  const bytes = coils ? Math.ceil(count / 8) : 2 * count
  if (count < 1 || count > (coils ? maxWritten.coilBits : maxWritten.words)) return undefined
  if (pdu.readUInt8(5) !== bytes || pdu.length !== 6 + bytes) return undefined
  return Array.from({ length: count }, (_, i) => (coils ? (pdu.readUInt8(6 + (i >> 3)) >> (i & 7)) & 1 : pdu.readUInt16BE(6 + 2 * i)))
}
