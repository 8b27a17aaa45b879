const hour = 3_600_000
const day = 24 * hour
const radians = Math.PI / 180

/**
 * Global radiation on a level plane, W/m², from the height of the sun: Haurwitz' clear sky, and a quarter of it under thick clouds. `solar`
 * is the time of the sun there counted like UTC ms, `clear` 0…1.
 */
export function radiation(latitude: number, solar: number, clear: number): number {
  const turn = (2 * Math.PI * ((solar / day) % 365.2425)) / 365.2425
  const declination = -23.44 * radians * Math.cos(turn + (2 * Math.PI * 10) / 365)
  const angle = (2 * Math.PI * (((solar % day) + day) % day)) / day - Math.PI
  const height =
    Math.sin(latitude * radians) * Math.sin(declination) + Math.cos(latitude * radians) * Math.cos(declination) * Math.cos(angle)
  if (height <= 0) return 0
  return 1098 * height * Math.exp(-0.057 / height) * (0.25 + 0.75 * clear)
}
