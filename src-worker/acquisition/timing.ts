/** Waits that belong to the line and not to the clock, in ms. */
export type Timing = {
  connectMs: number
  /** Longest wait for one answer; mobile lines need more than a second now and then. */
  answerMs: number
  /** How long a closed connection may take to come back before the device counts as offline. */
  graceMs: number
  /** Pause before a device that says it is busy is asked again. */
  busyMs: number
  /** How long a written register may take to show its new value, and the pause between two looks at it. */
  settleMs: number
  settleAgainMs: number
  /** Contact reports are gathered for this long, unless a state changed. */
  reportMs: number
  /** Connections being made at the same time. */
  connects: number
}

export const usualTiming: Timing = {
  connectMs: 5000,
  answerMs: 3000,
  graceMs: 500,
  busyMs: 500,
  settleMs: 3000,
  settleAgainMs: 500,
  reportMs: 1000,
  connects: 200,
}
