import { memo, useMemo } from 'react'
import type { Picture } from '../town.ts'
import { besideOf, pathOf } from './lines.ts'
import { scalesOf, strokesOf } from './pipe-strokes.ts'
import { scaled, type Plan } from './plan.ts'
import { colorOf, returnClass, spanOf, type Scheme, type Shade } from './scales.ts'
import classes from './Map.module.css'

type PipesProps = { plan: Plan; scale: number; picture: Picture; shade: Shade; scheme: Scheme; about: (pipe: number) => string }

/** The pipes in the ground: main pipes by what the shade tells, and a thin one from each station to its main. */
export const Pipes = memo(function Pipes({ plan, scale, picture, shade, scheme, about }: PipesProps) {
  const lines = useMemo(() => plan.pipes.map(({ line }) => scaled(line, scale)), [plan, scale])
  const scales = useMemo(() => scalesOf(picture.pipes, shade, scheme), [picture, shade, scheme])
  const drawn = plan.pipes.flatMap(({ id, area }, index) => {
    const [line, now] = [lines[index], picture.pipes[index]]
    if (!line || !now) return []
    const strokes = strokesOf(now, area, scales).map((stroke) => ({
      ...stroke,
      d: pathOf(stroke.offset === 0 ? line : besideOf(line, stroke.offset)),
    }))
    const whole = strokes.reduce((sum, { width }) => sum + width, strokes.length > 1 ? 1.2 : 0)
    return [{ id, index, d: pathOf(line), strokes, whole }]
  })
  return (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      {plan.stations.map(({ name, at, node }, i) => {
        const now = picture.stations[i]
        if (!now) return null
        const span = spanOf('supply', [])
        const color = shade === 'return' ? returnClass(now.return).color : colorOf('supply', scheme, now.supply, span)
        return <path key={name} d={pathOf(scaled([node, at], scale))} stroke={color} strokeWidth={1.2} className={classes['service']} />
      })}
      {drawn.map(({ id, d, whole }) => (
        <path key={id} d={d} className={classes['casing']} strokeWidth={whole + 3} />
      ))}
      {drawn.map(({ id, index, strokes }) => (
        <g key={id} data-pipe={id}>
          <title>{about(index)}</title>
          {strokes.map(({ side, d, color, width, drift }) => (
            <g key={side}>
              <path d={d} stroke={color} strokeWidth={width} data-side={side} />
              {drift && width > 2 && (
                <path
                  d={d}
                  className={classes['drift']}
                  strokeWidth={Math.max(1, width * 0.36)}
                  style={{ animationDuration: `${drift.seconds}s`, animationDirection: drift.isBackward ? 'reverse' : 'normal' }}
                />
              )}
            </g>
          ))}
        </g>
      ))}
    </g>
  )
})
