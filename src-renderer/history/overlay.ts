import type { DrawnAxis, PlotElement } from './plotly-types.ts'

/** A line on top of the plot: what changes too often for plotly, which takes longer than a frame for each change. */
export type Stroke = {
  axis: string
  at: readonly number[]
  /** As it is drawn on the axis. */
  height: readonly (number | null)[]
  color: string
  dash: 'solid' | 'dash' | 'dot'
  stepped: boolean
  /** px */
  width?: number
}
/** A mark at the head of the plot. `until`: what it marks went on so long, and is shaded; null for a moment. */
export type Pin = { at: number; until: number | null; shape: 'arrow' | 'diamond'; color: string }
export type Overlay = {
  strokes: readonly Stroke[]
  pins: readonly Pin[]
  now: number | null
  cursor: number | null
  ink: string
  quiet: string
}

const lineWidth = 1.7
const dashes = { solid: [], dash: [9, 9], dot: [3, 3] }

/** The axis of a plot that is drawn, by its name, such as x or y2. */
export function axisIn(element: PlotElement, name: string): DrawnAxis | undefined {
  const axis = element._fullLayout?.[name.replace(/^([xy])/, '$1axis')]
  return axis !== undefined && (axis as DrawnAxis)._length > 0 ? (axis as DrawnAxis) : undefined
}

/** The moment that lies at a horizontal place of the plot's element, px. Null outside of the axis. */
export function momentAt(element: PlotElement, x: number): number | null {
  const axis = axisIn(element, 'x')
  if (!axis) return null
  const part = (x - axis._offset) / axis._length
  return part < 0 || part > 1 ? null : axis.range[0] + part * (axis.range[1] - axis.range[0])
}

/** Draws everything anew; some thousand samples take about a millisecond. */
export function paint(canvas: HTMLCanvasElement, element: PlotElement, overlay: Overlay): void {
  const context = canvas.getContext('2d')
  const x = axisIn(element, 'x')
  if (!context) return
  const ratio = window.devicePixelRatio
  const [width, height] = [element.clientWidth, element.clientHeight]
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  if (!x) return
  const across = (at: number) => x._offset + ((at - x.range[0]) / (x.range[1] - x.range[0])) * x._length
  const inside = (at: number | null): at is number => at !== null && at >= x.range[0] && at <= x.range[1]
  const [top, bottom] = verticals(element)
  for (const stroke of overlay.strokes) {
    const axis = axisIn(element, stroke.axis)
    if (axis) draw(context, stroke, across, x, axis)
  }
  const upright = (at: number, color: string, dash: readonly number[]) => {
    context.setLineDash([...dash])
    context.strokeStyle = color
    context.lineWidth = 1
    context.beginPath()
    context.moveTo(Math.round(across(at)) + 0.5, top)
    context.lineTo(Math.round(across(at)) + 0.5, bottom)
    context.stroke()
  }
  for (const { at, until, shape, color } of overlay.pins) {
    context.fillStyle = color
    // What still stands is shaded as far as anything is known.
    const end = Math.min(until ?? at, overlay.now ?? Infinity, x.range[1])
    if (until !== null) shade(context, across(Math.max(at, x.range[0])), across(end), top, bottom)
    if (!inside(at)) continue
    upright(at, color, [2, 3])
    context.beginPath()
    context.moveTo(across(at) - 5, shape === 'arrow' ? top - 9 : top - 6)
    if (shape === 'diamond') context.lineTo(across(at), top - 11)
    context.lineTo(across(at) + 5, shape === 'arrow' ? top - 9 : top - 6)
    context.lineTo(across(at), top - 1)
    context.fill()
  }
  if (inside(overlay.now)) upright(overlay.now, overlay.quiet, [1, 2])
  if (inside(overlay.cursor)) upright(overlay.cursor, overlay.ink, [])
}

/** How long something stood: a faint ground with a firm line at its head, in the colour that is set. */
function shade(context: CanvasRenderingContext2D, left: number, right: number, top: number, bottom: number): void {
  if (right <= left) return
  context.globalAlpha = 0.07
  context.fillRect(left, top, right - left, bottom - top)
  context.globalAlpha = 1
  context.fillRect(left, top - 1, right - left, 2)
}

/** From the head of the highest axis to the foot of the lowest one. */
function verticals(element: PlotElement): [number, number] {
  const axes = ['y', 'y21', 'y22'].flatMap((name) => axisIn(element, name) ?? [])
  return [Math.min(...axes.map(({ _offset }) => _offset)), Math.max(...axes.map(({ _offset, _length }) => _offset + _length))]
}

function draw(context: CanvasRenderingContext2D, stroke: Stroke, across: (at: number) => number, x: DrawnAxis, axis: DrawnAxis): void {
  const { at, height, stepped } = stroke
  const [low, high] = axis.range
  const down = (value: number) => axis._offset + axis._length * (1 - (value - low) / (high - low))
  context.save()
  context.beginPath()
  context.rect(x._offset, axis._offset - 1, x._length, axis._length + 2)
  context.clip()
  context.setLineDash(dashes[stroke.dash])
  context.strokeStyle = stroke.color
  context.fillStyle = stroke.color
  context.lineWidth = stroke.width ?? lineWidth
  context.lineJoin = 'round'
  context.beginPath()
  let before: number | null = null
  for (let i = firstIn(at, x.range[0]); i < at.length; i++) {
    const moment = at[i] ?? 0
    const value = height[i] ?? null
    if (value !== null) {
      const [px, py] = [across(moment), down(value)]
      if (before === null) {
        context.moveTo(px, py)
        // A sample with nothing on either side has no line to show itself in.
        if ((height[i + 1] ?? null) === null) context.fillRect(px - 1.5, py - 1.5, 3, 3)
      } else {
        if (stepped) context.lineTo(px, down(before))
        context.lineTo(px, py)
      }
    }
    before = value
    if (moment > x.range[1]) break
  }
  context.stroke()
  context.restore()
}

/** The last sample before the left edge, from which the line comes in. */
function firstIn(at: readonly number[], from: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
