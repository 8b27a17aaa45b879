/** Modbus exception codes that a controller of this kind gives. */
export const exceptions = { illegalFunction: 1, illegalAddress: 2, illegalValue: 3 } as const
export type Exception = (typeof exceptions)[keyof typeof exceptions]

/** Registers of one controller by wire address (counted from 0). */
export type RegisterBank = {
  /** Called once before the registers of a request are touched. */
  refresh(): void
  /** Raw word 0…65535, or undefined when the address is not served. */
  read(address: number): number | undefined
  /** Takes over a raw word, or says why not. */
  write(address: number, raw: number): Exception | 'done'
}

export type AnswerRules = { functions: readonly number[]; maxCount: number }

const readHolding = 3
const readInput = 4
const writeSingle = 6
const known = new Set([readHolding, readInput, writeSingle])

/** Carries out one request PDU and gives the answer PDU. Functions 3 and 4 give the same registers, as the ECL does. */
export function answer(bank: RegisterBank, pdu: Buffer, rules: AnswerRules): Buffer {
  const code = pdu.readUInt8(0)
  if (!known.has(code) || !rules.functions.includes(code)) return refuse(code, exceptions.illegalFunction)
  if (pdu.length !== 5) return refuse(code, exceptions.illegalValue)
  const address = pdu.readUInt16BE(1)
  const word = pdu.readUInt16BE(3)
  bank.refresh()
  if (code === writeSingle) {
    const outcome = bank.write(address, word)
    return outcome === 'done' ? pdu : refuse(code, outcome)
  }
  if (word < 1 || word > rules.maxCount) return refuse(code, exceptions.illegalValue)
  const reply = Buffer.alloc(2 + 2 * word)
  reply.writeUInt8(code, 0)
  reply.writeUInt8(2 * word, 1)
  for (let i = 0; i < word; i++) {
    const raw = bank.read(address + i)
    if (raw === undefined) return refuse(code, exceptions.illegalAddress)
    reply.writeUInt16BE(raw, 2 + 2 * i)
  }
  return reply
}

export function isWrite(pdu: Buffer): boolean {
  return pdu[0] === writeSingle
}

function refuse(code: number, exception: Exception): Buffer {
  return Buffer.from([(code | 0x80) & 0xff, exception])
}
