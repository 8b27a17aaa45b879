/** Outdoor temperatures at which a heat curve is set, °C. */
export const curveOutdoor = [-30, -15, -5, 0, 5, 15] as const

// Flow temperatures of the maker's own curve at slope 1, and the point at outdoor 20 °C where curves of every slope meet.
const atSlopeOne = [75, 60, 50, 45, 40, 28] as const
const meeting = { outdoor: 20, flow: 24.6 } as const

/** Whole degrees, as the controller keeps them, of the six points of a curve. */
export function curveOf(slope: number): number[] {
  return atSlopeOne.map((flow) => Math.round(meeting.flow + slope * (flow - meeting.flow)))
}

/** Flow temperature for a room of 20 °C, °C: straight between the six points and the meeting point, flat beyond them. */
export function flowFor(curve: readonly number[], outdoor: number): number {
  const last = curveOutdoor.length
  for (let right = 0; right <= last; right++) {
    const x = curveOutdoor[right] ?? meeting.outdoor
    if (outdoor > x) continue
    const y = curve[right] ?? meeting.flow
    if (right === 0) return y
    const left = curveOutdoor[right - 1] ?? x
    const from = curve[right - 1] ?? meeting.flow
    return from + ((outdoor - left) / (x - left)) * (y - from)
  }
  return meeting.flow
}

/** How much warmer the flow has to be when the room shall not be 20 °C, K. */
export function roomShift(room: number, slope: number): number {
  return (room - 20) * slope * 2.5
}
