/** Date and time in four bytes, type F. `local` is what the clock shows, counted like UTC ms. */
export function clockBytes(local: number): number[] {
  const date = new Date(local)
  const year = date.getUTCFullYear() - 2000
  return [date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate() | ((year & 7) << 5), (date.getUTCMonth() + 1) | ((year >> 3) << 4)]
}
