import type { Box, Spot } from './projection.ts'

/** What of the town is seen: the spot in the middle of the window, and px a metre. */
export type View = { x: number; y: number; scale: number }
export type Size = { width: number; height: number }

const margin = 58
const closest = 3
const farthest = 0.001

/** The scale at which the whole town just fits; nothing smaller is shown. */
export function wholeScale(box: Box, { width, height }: Size): number {
  const [wide, high] = [Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top)]
  const fitting = Math.min(Math.max(1, width - 2 * margin) / wide, Math.max(1, height - 2 * margin) / high)
  return Math.min(closest, Math.max(farthest, fitting))
}

export function wholeView(box: Box, size: Size): View {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale: wholeScale(box, size) }
}

/** The nearest view that shows a part of the town, no smaller than the whole and no larger than 3 px a metre. */
export function clampView(view: View, box: Box, size: Size): View {
  const least = wholeScale(box, size)
  const scale = Math.min(Math.max(closest, least), Math.max(least, view.scale))
  if (scale <= least) return { ...wholeView(box, size), scale }
  return { x: within(view.x, box.left, box.right), y: within(view.y, box.top, box.bottom), scale }
}

/** Zooms so that what is under the pointer stays there. `at`: px from the upper left corner of the window. */
export function zoomAt(view: View, size: Size, at: Spot, factor: number): View {
  const [offX, offY] = [at[0] - size.width / 2, at[1] - size.height / 2]
  const scale = Math.min(closest * 2, Math.max(farthest, view.scale * factor))
  return { x: view.x + offX / view.scale - offX / scale, y: view.y + offY / view.scale - offY / scale, scale }
}

export function pan(view: View, byX: number, byY: number): View {
  return { ...view, x: view.x - byX / view.scale, y: view.y - byY / view.scale }
}

/** Where a spot of the town is in the window, px. */
export function toScreen(view: View, { width, height }: Size, [x, y]: Spot): Spot {
  return [(x - view.x) * view.scale + width / 2, (y - view.y) * view.scale + height / 2]
}

/** A length of the ruler in the corner: the largest of 1, 2, 5, 10 ... metres that fits into so many px. */
export function rulerMetres(scale: number, px: number): number {
  const most = px / scale
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
