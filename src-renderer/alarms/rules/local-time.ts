const two = (value: number) => String(value).padStart(2, '0')

/** UTC ms as a field for date and time writes it, by the clock of this machine. */
export function localTime(at: number): string {
  const date = new Date(at)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** UTC ms of such a field; null when it is empty or not complete. */
export function readLocalTime(text: string): number | null {
  const at = new Date(text).getTime()
  return text === '' || Number.isNaN(at) ? null : at
}
