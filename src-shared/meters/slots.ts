/** Every value is stored once in each quarter hour, ms. */
export const slotMs = 15 * 60_000
