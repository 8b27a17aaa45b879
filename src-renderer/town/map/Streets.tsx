import { memo, useMemo } from 'react'
import { streetLabels, type Taken } from './labels.ts'
import { pathOf } from './lines.ts'
import { scaled, type Plan } from './plan.ts'
import classes from './Map.module.css'

const textSize = 10.5
const streetMetres = 9

/** The streets as quiet lines, with their names where there is room. */
export const Streets = memo(function Streets({ plan, scale }: { plan: Plan; scale: number }) {
  const lines = useMemo(() => plan.streets.map(({ name, line }) => ({ name, line: scaled(line, scale) })), [plan, scale])
  const labels = useMemo(() => {
    const dots = plan.stations.map(({ at: [x, y] }): Taken => ({ x: x * scale, y: y * scale, radius: 9 }))
    const plant: Taken = { x: plan.plant[0] * scale, y: plan.plant[1] * scale, radius: 22 }
    return streetLabels(lines, textSize, Math.max(9, (streetMetres * scale) / 2), [...dots, plant])
  }, [lines, plan, scale])
  const width = Math.min(16, Math.max(3.2, streetMetres * scale))
  return (
    <g aria-hidden>
      {['edge', 'street'].map((part) => (
        <g key={part} className={classes[part]} strokeWidth={part === 'edge' ? width + 1.6 : width}>
          {lines.map(({ line }, i) => (
            <path key={i} d={pathOf(line)} />
          ))}
        </g>
      ))}
      <g className={classes['streetName']} fontSize={textSize}>
        {labels.map(({ text, x, y, angle }) => (
          <text key={text} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})`} dy="0.33em">
            {text}
          </text>
        ))}
      </g>
    </g>
  )
})
