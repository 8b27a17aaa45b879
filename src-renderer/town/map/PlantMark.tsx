import type { MouseEvent } from 'react'
import type { Spot } from './projection.ts'
import classes from './Map.module.css'

type PlantMarkProps = {
  at: Spot
  scale: number
  name: string
  figures: readonly string[]
  chosen: boolean
  runs: boolean
  onChoose: () => void
}

/** The plant that feeds the network, with its main figures. A struck-through sign: its pumps stand. */
export function PlantMark({ at: [x, y], scale, name, figures, chosen, runs, onChoose }: PlantMarkProps) {
  const choose = (event: MouseEvent) => {
    event.stopPropagation()
    onChoose()
  }
  return (
    <g
      transform={`translate(${(x * scale).toFixed(1)} ${(y * scale).toFixed(1)})`}
      className={classes['station']}
      data-plant
      data-chosen={chosen || undefined}
      onClick={choose}
    >
      <title>{[name, ...figures].join('\n')}</title>
      {chosen && <circle r={23} className={classes['ring']} />}
      <circle r={18} className={classes['plantGround']} data-stopped={!runs || undefined} />
      <path d="M-10 9V-1l6 -4v4l6 -4v4h1.5l1 -10h3.5l1 10v10Z" className={classes['plant']} />
      {!runs && <path d="M-12 12 12 -12" className={classes['stopped']} />}
      <text x={24} y={-7} className={classes['caption']} fontSize={12} data-strong>
        {name}
      </text>
      {figures.map((text, i) => (
        <text key={text} x={24} y={8 + 14 * i} className={classes['caption']} fontSize={11.5}>
          {text}
        </text>
      ))}
    </g>
  )
}
