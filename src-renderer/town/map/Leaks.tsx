import type { Picture } from '../town.ts'
import { roomiest, type Area } from './captions.ts'
import { textWidth, type Taken } from './labels.ts'
import type { Plan } from './plan.ts'
import classes from './Map.module.css'

const textSize = 11.5
const lift = 22

export type LeakMark = { id: string; x: number; y: number; text: string; area: Area }

/** Where the drops stand, above their nodes, and what they lose, each where it covers the fewest dots. */
export function leakMarks(
  plan: Plan,
  scale: number,
  picture: Picture,
  about: (flow: number) => string,
  dots: readonly Taken[],
): LeakMark[] {
  return picture.pipes.flatMap(({ leak }, i) => {
    const pipe = plan.pipes[i]
    const at = pipe?.line.at(-1)
    if (!pipe || !at || !(leak > 0)) return []
    const [x, y, text] = [at[0] * scale, at[1] * scale - lift, about(leak)]
    return [{ id: pipe.id, x, y, text, area: roomiest({ x, y, radius: 14 }, textWidth(text, textSize) + 6, 16, dots).area }]
  })
}

/** A drop over each place where water leaves the network. */
export function Leaks({ marks }: { marks: readonly LeakMark[] }) {
  return marks.map(({ id, x, y, text, area }) => (
    <g key={id} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`} data-leak={id}>
      <title>{text}</title>
      <path d={`M0 13V${lift}`} className={classes['leakRing']} />
      <circle r={13} className={classes['leakRing']} />
      <path d="M0 -9.5C4 -4 6 -1 6 2.2a6 6 0 0 1-12 0C-6 -1 -4 -4 0 -9.5Z" className={classes['leak']} />
      <text
        x={(area.left + area.right) / 2 - x}
        y={(area.top + area.bottom) / 2 - y}
        dy="0.35em"
        textAnchor="middle"
        className={classes['caption']}
        fontSize={textSize}
        data-strong
      >
        {text}
      </text>
    </g>
  ))
}
