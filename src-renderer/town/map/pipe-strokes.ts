import { leastFlow, type PipeNow } from '../town.ts'
import { colorOf, spanOf, widthOf, type Quantity, type Scheme, type Shade } from './scales.ts'

export type Stroke = { side: 'supply' | 'return' | 'middle'; color: string; width: number; offset: number; drift: Drift | null }

/** How the water is shown to move: seconds for one dash, and against the drawing of the line or with it. */
export type Drift = { seconds: number; isBackward: boolean }

const gap = 1.2
/** Metres a second → seconds for one dash. Few steps, since a dash that changes its pace jumps. */
const paces = [
  [0.1, 6],
  [0.3, 4.4],
  [0.7, 3.2],
  [1.2, 2.4],
] as const
const fastest = 1.8

export type Scales = { shade: Shade; scheme: Scheme; most: number; flow: readonly [number, number]; dp: readonly [number, number] }

/** What the widths and colours of all pipes are measured against. */
export function scalesOf(pipes: readonly PipeNow[], shade: Shade, scheme: Scheme): Scales {
  const flows = pipes.map(({ flow }) => Math.abs(flow))
  const flow = spanOf('flow', flows)
  return {
    shade,
    scheme,
    most: flow[1],
    flow,
    dp: spanOf(
      'dp',
      pipes.map(({ dp }) => dp),
    ),
  }
}

/** The strokes of a pipe: two for supply and return beside each other, one for anything else. `area`: of the inner section, m². */
export function strokesOf(pipe: PipeNow, area: number, scales: Scales): Stroke[] {
  const width = widthOf(Math.abs(pipe.flow), scales.most)
  const speed = area > 0 ? Math.abs(pipe.flow) / 1000 / area : 0
  const seconds = Math.abs(pipe.flow) < leastFlow ? null : (paces.find(([limit]) => speed < limit)?.[1] ?? fastest)
  const drift = (isReturn: boolean): Drift | null => (seconds === null ? null : { seconds, isBackward: isReturn !== pipe.flow < 0 })
  const color = (quantity: Quantity, value: number) =>
    colorOf(quantity, scales.scheme, value, quantity === 'flow' ? scales.flow : quantity === 'dp' ? scales.dp : spanOf(quantity, []))
  if (scales.shade === 'both') {
    const offset = (width + gap) / 2
    return [
      { side: 'supply', color: color('supply', pipe.supply), width, offset, drift: drift(false) },
      { side: 'return', color: color('return', pipe.return), width, offset: -offset, drift: drift(true) },
    ]
  }
  const value = scales.shade === 'flow' ? Math.abs(pipe.flow) : pipe[scales.shade]
  return [{ side: 'middle', color: color(scales.shade, value), width: width * 1.35, offset: 0, drift: drift(scales.shade === 'return') }]
}
