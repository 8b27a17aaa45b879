import { memo, useMemo } from 'react'
import { streetLabels, type Label, type Taken } from './labels.ts'
import { pathOf } from './lines.ts'
import { scaled, spotsAlong, type Plan } from './plan.ts'
import classes from './Map.module.css'

const textSize = 10.5
const streetMetres = 9

type StreetsProps = { plan: Plan; scale: number }

/** The streets as quiet lines. */
export const Streets = memo(function Streets({ plan, scale }: StreetsProps) {
  const paths = useMemo(() => plan.streets.map(({ line }) => pathOf(scaled(line, scale))), [plan, scale])
  const width = Math.min(16, Math.max(3.2, streetMetres * scale))
  return (
    <g aria-hidden>
      {['edge', 'street'].map((part) => (
        <g key={part} className={classes[part]} strokeWidth={part === 'edge' ? width + 1.8 : width}>
          {paths.map((d, i) => (
            <path key={i} d={d} />
          ))}
        </g>
      ))}
    </g>
  )
})

/** Their names and where they stand: where neither a pipe nor a house is in the way. */
export function namesOf({ plan, scale }: StreetsProps): Label[] {
  const dot =
    (radius: number) =>
    (at: readonly [number, number]): Taken => ({ x: at[0] * scale, y: at[1] * scale, radius })
  const taken = [
    ...plan.stations.map(({ at }) => at).map(dot(9)),
    dot(24)(plan.plant),
    ...plan.pipes.flatMap(({ line }) => spotsAlong(line, 9 / scale)).map(dot(4)),
  ]
  const lines = plan.streets.map(({ name, line }) => ({ name, line: scaled(line, scale) }))
  return streetLabels(lines, textSize, Math.max(11, (streetMetres * scale) / 2 + 7), taken)
}

export const StreetNames = memo(function StreetNames({ labels }: { labels: readonly Label[] }) {
  return (
    <g className={classes['streetName']} fontSize={textSize} aria-hidden>
      {labels.map(({ text, x, y, angle }) => (
        <text key={text} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})`} dy="0.33em">
          {text}
        </text>
      ))}
    </g>
  )
})
