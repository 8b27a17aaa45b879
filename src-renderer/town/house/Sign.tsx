import type { Facade } from './facade.ts'

/** The sign over the door that tells a school from a hall. Nothing on a dwelling or an office. */
export function Sign({ facade: { sign, left, width, top, roofHeight, roof } }: { facade: Facade }) {
  if (sign === null) return null
  const y = roof === 'flat' ? top - roofHeight - 9 : roof === 'saw' ? top + 7 : top - roofHeight * 0.42
  return (
    <g transform={`translate(${left + width / 2} ${y})`} strokeLinecap="round" strokeLinejoin="round">
      <circle r="9" fill="#fbfaf5" stroke="#39424a" strokeWidth="1.3" />
      {drawings[sign]}
    </g>
  )
}

const drawings = {
  clock: <path d="M0 -5.5V0l3.6 2" fill="none" stroke="#39424a" strokeWidth="1.5" />,
  cross: <path d="M0 -5V5M-5 0H5" stroke="#b3343a" strokeWidth="3.2" />,
  bed: <path d="M-5.5 4V-3M-5.5 2H5.5V4M5.5 2V0.5Q5.5 -1.5 3.5 -1.5H-2V2" fill="none" stroke="#39424a" strokeWidth="1.4" />,
  wave: (
    <path d="M-5.5 -1.5q1.8 -2.4 3.7 0t3.7 0t3.7 0M-5.5 2.5q1.8 -2.4 3.7 0t3.7 0t3.7 0" fill="none" stroke="#1f78a8" strokeWidth="1.5" />
  ),
  ball: <path d="M-6 0A6 6 0 1 0 6 0A6 6 0 1 0 -6 0M-5 -3Q0 0 -5 3M5 -3Q0 0 5 3M0 -6V6" fill="none" stroke="#b8582b" strokeWidth="1.2" />,
} as const
