import { printFont, printable } from '../../print/font.ts'

/** What stands around the plot of a printed chart. Texts are in the language of the screen. */
export type PrintPage = {
  title: string
  /** Period, time zone and the like, below the title. */
  notes: readonly string[]
  legend: readonly { name: string; range: string; color: string; dash: boolean }[]
  /** What the numbered marks in the plot mean. */
  marks: readonly string[]
  foot: readonly [left: string, right: string]
}

export type Sheet = { width: number; height: number }

/** A4 and A3 across, in the px of a browser (96 an inch). */
export const sheets = { a4: { width: 1123, height: 794 }, a3: { width: 1587, height: 1123 } } as const satisfies Record<string, Sheet>

const margin = 44
const row = 17
const ink = '#14171a'
const quiet = '#565e66'
const space = 'http://www.w3.org/2000/svg'

/** How many lines of text stand in a row beside each other, and the room that is left for the plot. */
export function roomFor(page: PrintPage, { width, height }: Sheet): { columns: number; top: number; plot: Sheet } {
  const columns = width > 1400 ? 3 : 2
  const below = Math.ceil(page.legend.length / columns) * row + Math.ceil(page.marks.length / columns) * row + 52
  const top = margin + 30 + page.notes.length * 17
  return { columns, top, plot: { width: width - 2 * margin, height: Math.max(200, height - top - below - margin) } }
}

/** One sheet: title, notes, the plot as it came from plotly, legend, marks and foot. */
export function pageOf(page: PrintPage, sheet: Sheet, plot: string): SVGSVGElement {
  const { columns, top, plot: room } = roomFor(page, sheet)
  const svg = make('svg', { xmlns: space, width: sheet.width, height: sheet.height, viewBox: `0 0 ${sheet.width} ${sheet.height}` })
  svg.append(make('rect', { width: sheet.width, height: sheet.height, fill: '#ffffff' }))
  svg.append(text(page.title, margin, margin + 14, { size: 20, weight: 'bold', fill: ink }))
  page.notes.forEach((note, i) => svg.append(text(note, margin, margin + 36 + i * 17, { size: 12, fill: quiet })))
  const drawn = new DOMParser().parseFromString(plot, 'image/svg+xml').documentElement
  const group = make('g', { transform: `translate(${margin} ${top})` })
  group.append(...drawn.childNodes)
  svg.append(group)
  const span = room.width / columns
  let y = top + room.height + 26
  const placed = (i: number) => ({ x: margin + (i % columns) * span, y: y + Math.floor(i / columns) * row })
  page.legend.forEach((line, i) => {
    const at = placed(i)
    const swatch = make('line', { x1: at.x, x2: at.x + 24, y1: at.y - 4, y2: at.y - 4, stroke: line.color, 'stroke-width': 2 })
    if (line.dash) swatch.setAttribute('stroke-dasharray', '6 4')
    svg.append(swatch)
    svg.append(text(cut(line.name, 11, span - 180), at.x + 32, at.y, { size: 11, fill: ink }))
    svg.append(text(line.range, at.x + span - 24, at.y, { size: 11, fill: quiet, anchor: 'end' }))
  })
  y += Math.ceil(page.legend.length / columns) * row + (page.marks.length > 0 ? 4 : 0)
  page.marks.forEach((mark, i) => svg.append(text(cut(mark, 10, span - 24), placed(i).x, placed(i).y, { size: 10, fill: quiet })))
  const foot = sheet.height - margin + 14
  svg.append(text(page.foot[0], margin, foot, { size: 10, fill: quiet }))
  svg.append(text(page.foot[1], sheet.width - margin, foot, { size: 10, fill: quiet, anchor: 'end' }))
  return svg
}

function make<N extends keyof SVGElementTagNameMap>(name: N, attributes: Record<string, string | number>): SVGElementTagNameMap[N] {
  const element = document.createElementNS(space, name)
  for (const [key, value] of Object.entries(attributes)) if (key !== 'xmlns') element.setAttribute(key, String(value))
  return element
}

type TextLook = { size: number; fill: string; weight?: 'bold'; anchor?: 'end' }

function text(words: string, x: number, y: number, { size, fill, weight, anchor }: TextLook): SVGTextElement {
  const element = make('text', { x, y, fill, 'font-size': `${size}px`, 'font-family': `'${printFont}'` })
  if (weight) element.setAttribute('font-weight', weight)
  if (anchor) element.setAttribute('text-anchor', anchor)
  element.textContent = printable(words)
  return element
}

/** Cuts words to the room that they have, px. */
function cut(words: string, size: number, room: number): string {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return words
  context.font = `${size}px '${printFont}'`
  let shown = words
  while (shown.length > 1 && context.measureText(shown).width > room) shown = `${shown.slice(0, -2).trimEnd()}…`
  return shown
}
