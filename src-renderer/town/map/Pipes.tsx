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
  return (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      {plan.stations.map(({ name, at, node }, i) => {
        const now = picture.stations[i]
        if (!now) return null
        const span = spanOf('supply', [])
        const color = shade === 'return' ? returnClass(now.return).color : colorOf('supply', scheme, now.supply, span)
        return <path key={name} d={pathOf(scaled([node, at], scale))} stroke={color} strokeWidth={1.2} className={classes['service']} />
      })}
      {plan.pipes.map(({ id, area }, i) => {
        const [line, now] = [lines[i], picture.pipes[i]]
        if (!line || !now) return null
        const strokes = strokesOf(now, area, scales)
        const whole = strokes.reduce((sum, { width }) => sum + width, strokes.length > 1 ? 1.2 : 0)
        return (
          <g key={id} data-pipe={id}>
            <title>{about(i)}</title>
            <path d={pathOf(line)} className={classes['casing']} strokeWidth={whole + 3} />
            {strokes.map(({ side, color, width, offset, drift }) => {
              const d = pathOf(offset === 0 ? line : besideOf(line, offset))
              return (
                <g key={side}>
                  <path d={d} stroke={color} strokeWidth={width} data-side={side} />
                  {drift && width > 2 && (
                    <path
                      d={d}
                      className={classes['drift']}
                      strokeWidth={Math.max(0.9, width * 0.32)}
                      style={{ animationDuration: `${drift.seconds}s`, animationDirection: drift.isBackward ? 'reverse' : 'normal' }}
                    />
                  )}
                </g>
              )
            })}
          </g>
        )
      })}
    </g>
  )
})
