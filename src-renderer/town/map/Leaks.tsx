import type { Plan } from './plan.ts'
import type { Picture } from '../town.ts'
import classes from './Map.module.css'

type LeaksProps = { plan: Plan; scale: number; picture: Picture; about: (flow: number) => string }

/** A drop over each place where water leaves the network. */
export function Leaks({ plan, scale, picture, about }: LeaksProps) {
  return picture.pipes.map(({ leak }, i) => {
    const pipe = plan.pipes[i]
    const at = pipe?.line.at(-1)
    if (!pipe || !at || !(leak > 0)) return null
    return (
      <g key={pipe.id} transform={`translate(${(at[0] * scale).toFixed(1)} ${(at[1] * scale).toFixed(1)})`} data-leak={pipe.id}>
        <title>{about(leak)}</title>
        <circle r={13} className={classes['leakRing']} />
        <path d="M0 -9.5C4 -4 6 -1 6 2.2a6 6 0 0 1-12 0C-6 -1 -4 -4 0 -9.5Z" className={classes['leak']} />
        <text x={17} dy="0.35em" className={classes['caption']} fontSize={11.5} data-strong>
          {about(leak)}
        </text>
      </g>
    )
  })
}
