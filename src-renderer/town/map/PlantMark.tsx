import type { MouseEvent } from 'react'
import type { Area, Side } from './captions.ts'
import type { Spot } from './projection.ts'
import classes from './Map.module.css'

type PlantMarkProps = {
  at: Spot
  scale: number
  lines: readonly string[]
  /** Where the lines stand, px. */
  place: { side: Side; area: Area }
  chosen: boolean
  runs: boolean
  onChoose: () => void
}

export const plantText = { size: 11.5, line: 15 } as const

/** The plant that feeds the network, with its main figures. A struck-through sign: its pumps stand. */
export function PlantMark({ at, scale, lines, place: { side, area }, chosen, runs, onChoose }: PlantMarkProps) {
  const [x, y] = [at[0] * scale, at[1] * scale]
  const choose = (event: MouseEvent) => {
    event.stopPropagation()
    onChoose()
  }
  const textX = (side === 'right' ? area.left : side === 'left' ? area.right : (area.left + area.right) / 2) - x
  return (
    <g
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      className={classes['station']}
      data-plant
      data-chosen={chosen || undefined}
      onClick={choose}
    >
      <title>{lines.join('\n')}</title>
      {chosen && <circle r={23} className={classes['ring']} />}
      <circle r={18} className={classes['plantGround']} data-stopped={!runs || undefined} />
      <path d="M-10 9V-1l6 -4v4l6 -4v4h1.5l1 -10h3.5l1 10v10Z" className={classes['plant']} />
      {!runs && <path d="M-12 12 12 -12" className={classes['stopped']} />}
      {lines.map((text, i) => (
        <text
          key={i}
          x={textX}
          y={area.top - y + plantText.line * (i + 0.75)}
          textAnchor={side === 'right' ? 'start' : side === 'left' ? 'end' : 'middle'}
          className={classes['caption']}
          fontSize={plantText.size}
          data-strong={i === 0 || undefined}
        >
          {text}
        </text>
      ))}
    </g>
  )
}
