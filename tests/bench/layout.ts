/**
 * 60 registers spread as the parameters of a controller with two circuits and two heat meters are: 24 contiguous groups, 9 reads
 * when up to 30 unwanted registers may be read along. Each word tells the second at which it was served.
 */
const ranges: readonly (readonly [from: number, to: number, count: number])[] = [
  [4201, 4250, 10],
  [6001, 6052, 10],
  [10201, 10260, 15],
  [11011, 11185, 15],
  [12011, 12178, 10],
]

/** Groups of three and two neighbours in turns, with holes between, as in the maker's tables. */
export const addresses: readonly number[] = ranges.flatMap(([from, to, count]) => {
  const stride = (to - from) / (count / 2.5)
  return Array.from({ length: count }, (_, i) => {
    const group = Math.floor(i / 2.5)
    return from + Math.floor(group * stride) + i - Math.ceil(group * 2.5)
  })
})

/** Points of role `state` are stored at every change, so that every poll leaves its trace in the store. */
export const statePoints = 10

const range = 0x8000

/** The word of a register of a controller in a second; 0 to 32767. */
export function wordAt(device: number, address: number, second: number): number {
  return (second + phaseOf(device, address)) % range
}

/** Seconds between the serving of a word and `second`, 0 to 32767. A foreign word gives any number. */
export function ageOf(word: number, device: number, address: number, second: number): number {
  return (((second + phaseOf(device, address) - word) % range) + range) % range
}

function phaseOf(device: number, address: number): number {
  let mixed = Math.imul(device + 1, 0x9e3779b1) ^ Math.imul(address + 1, 0x85ebca6b)
  mixed ^= mixed >>> 15
  return Math.imul(mixed, 0x2c1b3c6d) >>> 17
}

/** The same registers as groups of neighbours: what a client reads that plans nothing. */
export const groups: readonly { address: number; count: number }[] = addresses.reduce<{ address: number; count: number }[]>(
  (all, address) => {
    const last = all.at(-1)
    if (last && address === last.address + last.count) last.count++
    else all.push({ address, count: 1 })
    return all
  },
  [],
)

/** A device file with one point for each register. */
export function documentOfLayout(): Record<string, unknown> {
  return {
    maker: 'Bench',
    model: 'Bench',
    title: 'Controller of the measurement',
    source: 'tests/bench/layout.ts',
    proven: 'unverified',
    protocol: 'modbus',
    firstRegister: 0,
    limits: { block: 115, gap: 30, functions: [3] },
    detect: {},
    points: Object.fromEntries(
      addresses.map((at, i) => [`p${at}`, { at, as: 'uint16', role: i < statePoints ? 'state' : 'measure', title: `Register ${at}` }]),
    ),
    key: [`p${addresses[0]}`],
    samples: [],
  }
}
