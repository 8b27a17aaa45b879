/** Speeds of the bus in bits a second, and the command that switches a meter to each. */
export const baudCommands = {
  300: 0xb8,
  600: 0xb9,
  1200: 0xba,
  2400: 0xbb,
  4800: 0xbc,
  9600: 0xbd,
  19200: 0xbe,
  38400: 0xbf,
} as const satisfies Record<number, number>

export type Baud = keyof typeof baudCommands

export const usualBaud: Baud = 2400

/** The speed that a command switches to, or null when it is another command. */
export function baudOf(command: number): Baud | null {
  const found = Object.entries(baudCommands).find(([, ci]) => ci === command)
  return found ? (Number(found[0]) as Baud) : null
}
