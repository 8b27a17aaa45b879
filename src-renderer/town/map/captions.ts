import { textWidth, type Taken } from './labels.ts'

export type Caption = { key: string; text: string; x: number; y: number; radius: number }
export type Side = 'right' | 'left' | 'below' | 'above'
export type Area = { left: number; right: number; top: number; bottom: number }

const sides: readonly Side[] = ['right', 'left', 'below', 'above']
const gap = 3

/** Of short texts beside dots those that have room, the first ones first, and on which side of its dot each stands. */
export function captionsWithRoom(
  captions: readonly Caption[],
  size: number,
  dots: readonly Taken[],
  taken: readonly Area[] = [],
): ReadonlyMap<string, Side> {
  const areas = [...taken]
  const shown = new Map<string, Side>()
  for (const caption of captions) {
    const others = dots.filter(({ x, y }) => x !== caption.x || y !== caption.y)
    const room = (side: Side) => {
      const area = areaBeside(caption, textWidth(caption.text, size), size * 1.25, side)
      return areas.every((other) => !overlap(area, other)) && others.every((dot) => !touches(area, dot)) ? area : null
    }
    const side = sides.slice(0, 3).find((one) => room(one) !== null)
    const area = side && room(side)
    if (!side || !area) continue
    areas.push(area)
    shown.set(caption.key, side)
  }
  return shown
}

/** The side of a dot on which a text of this size covers the fewest other dots, and the area it takes there. */
export function roomiest(dot: Taken, width: number, height: number, dots: readonly Taken[]): { side: Side; area: Area } {
  const choices = sides.map((side) => {
    const area = areaBeside(dot, width, height, side)
    return { side, area, covered: dots.filter((one) => touches(area, one)).length }
  })
  const [first = { side: 'right' as const, area: areaBeside(dot, width, height, 'right') }] = choices.sort((a, b) => a.covered - b.covered)
  return { side: first.side, area: first.area }
}

function areaBeside({ x, y, radius }: Taken, width: number, height: number, side: Side): Area {
  switch (side) {
    case 'right':
      return { left: x + radius + gap, right: x + radius + gap + width, top: y - height / 2, bottom: y + height / 2 }
    case 'left':
      return { left: x - radius - gap - width, right: x - radius - gap, top: y - height / 2, bottom: y + height / 2 }
    case 'below':
      return { left: x - width / 2, right: x + width / 2, top: y + radius + gap, bottom: y + radius + gap + height }
    case 'above':
      return { left: x - width / 2, right: x + width / 2, top: y - radius - gap - height, bottom: y - radius - gap }
  }
}

const overlap = (one: Area, other: Area) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top

function touches({ left, right, top, bottom }: Area, { x, y, radius }: Taken): boolean {
  return Math.hypot(x - Math.min(right, Math.max(left, x)), y - Math.min(bottom, Math.max(top, y))) < radius
}
