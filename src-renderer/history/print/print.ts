import plotly from 'plotly.js-basic-dist-min'
import type { Layout } from '../plotly-types.ts'
import { figureOf, type FigureInput, type FigureTheme } from '../figure.ts'
import { looksOf } from '../palette.ts'
import type { Course } from '../series.ts'
import { loadPrintFont, printFont, printable, type Cut } from '../../print/font.ts'
import { pageOf, roomFor, sheets, type PrintPage } from './page.ts'

export type Printed = Omit<PrintPage, 'legend'> & {
  figure: FigureInput
  legend: (course: Course) => { name: string; range: string }
  /** Moments of the numbered marks, in the order of `marks`; those beyond it have no number. */
  moments: readonly number[]
  ticksFor: (width: number) => FigureInput['ticks']
}

/** Ink on white paper, whatever the screen is. */
const paper: FigureTheme = {
  font: printFont,
  text: '#14171a',
  quiet: '#414850',
  line: '#d3d8dc',
  ground: '#ffffff',
  abnormal: '#b71c5e',
  caution: '#a06c00',
}
const pngScale = 2

/** The chart as a vector document on one sheet across, with its fonts. */
export async function printPdf(printed: Printed, sheet: keyof typeof sheets): Promise<Blob> {
  const [cuts, { jsPDF }] = await Promise.all([loadPrintFont(), import('jspdf'), import('svg2pdf.js')])
  const page = await draw(printed, sheet)
  const document_ = new jsPDF({ orientation: 'landscape', unit: 'pt', format: sheet, compress: true, putOnlyUsedFonts: true })
  for (const { style, base64 } of cuts) {
    document_.addFileToVFS(`NotoSans-${style}.ttf`, base64)
    document_.addFont(`NotoSans-${style}.ttf`, printFont, style)
  }
  document_.setProperties({ title: printed.title, creator: 'Hearthgrid' })
  const { width, height } = document_.internal.pageSize
  // Styles count only in a page.
  await shown(page, () => document_.svg(page, { x: 0, y: 0, width, height }))
  return document_.output('blob')
}

/** The same sheet as a picture. */
export async function printPng(printed: Printed, sheet: keyof typeof sheets): Promise<Blob> {
  const cuts = await loadPrintFont()
  const page = await draw(printed, sheet)
  page.prepend(fontStyle(cuts))
  const { width, height } = sheets[sheet]
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(page)], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * pngScale
    canvas.height = height * pngScale
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

async function draw(printed: Printed, sheet: keyof typeof sheets): Promise<SVGSVGElement> {
  const { figure } = printed
  const looks = looksOf(figure.courses, false)
  const inked = (course: Course) => {
    const look = looks[figure.courses.findIndex(({ point }) => point.series === course.point.series)]
    return { ...course, ...look }
  }
  const courses = figure.courses.map(inked)
  const page: PrintPage = {
    ...printed,
    legend: courses.map((course) => ({ ...printed.legend(course), color: course.color, dash: course.dash === 'dash' })),
  }
  const { width, height } = roomFor(page, sheets[sheet]).plot
  const { traces, layout } = figureOf({
    ...figure,
    courses,
    past: figure.past.map(inked),
    ticks: printed.ticksFor(width - 80).map((tick) => ({ ...tick, text: printable(tick.text) })),
    theme: paper,
    touch: true,
    narrow: false,
    nameOf: (course) => printable(figure.nameOf(course)),
  })
  const svg = await plotly.toImage(
    { data: traces, layout: { ...layout, ...marked(layout, printed), width, height, paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff' } },
    { format: 'svg', width, height, imageDataOnly: true },
  )
  return pageOf(page, sheets[sheet], svg.startsWith('<') ? svg : decodeURIComponent(svg.replace(/^data:image\/svg\+xml,/, '')))
}

/** A dotted line for each mark, and its number at the head. */
function marked(layout: Layout, { moments, marks }: Printed): Layout {
  const shapes = moments.map((at) => ({
    type: 'line',
    xref: 'x',
    yref: 'paper',
    x0: at,
    x1: at,
    y0: 0,
    y1: 1,
    line: { color: paper.quiet, width: 1, dash: 'dot' },
  }))
  const annotations = moments.slice(0, marks.length).map((at, i) => ({
    x: at,
    y: 1,
    xref: 'x',
    yref: 'paper',
    yanchor: 'bottom',
    showarrow: false,
    text: String(i + 1),
    font: { size: 10, color: paper.text },
  }))
  return { shapes: [...((layout['shapes'] as Layout[] | undefined) ?? []), ...shapes], annotations }
}

function fontStyle(cuts: readonly Cut[]): SVGStyleElement {
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style')
  style.textContent = cuts
    .map(
      ({ weight, base64 }) =>
        `@font-face{font-family:'${printFont}';font-weight:${weight};src:url(data:font/ttf;base64,${base64}) format('truetype')}`,
    )
    .join('')
  return style
}

async function shown(element: SVGSVGElement, work: () => Promise<unknown>): Promise<void> {
  const hidden = document.createElement('div')
  hidden.style.cssText = 'position:absolute;left:-9999px;top:0'
  hidden.append(element)
  document.body.append(hidden)
  try {
    await work()
  } finally {
    hidden.remove()
  }
}
