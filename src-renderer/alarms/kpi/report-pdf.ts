import type { jsPDF } from 'jspdf'
import { loadPrintFont, printFont, printable } from '../../print/font.ts'
import type { Report, ReportSection } from './report.ts'

/** Points (1/72 inch) of an A4 page upright. */
const page = { width: 595, height: 842, margin: 42 }
const inner = page.width - 2 * page.margin
const size = { title: 18, heading: 12, text: 9 }
const lineHeight = 12
const gap = 6
const barsHeight = 90
const ink = '#14171a'
const quiet = '#565e66'
const rule = '#d3d8dc'

/** The report as a document for the printer, with its fonts. */
export async function reportPdf(report: Report): Promise<Blob> {
  const [cuts, { jsPDF: Document }] = await Promise.all([loadPrintFont(), import('jspdf')])
  const document_ = new Document({ unit: 'pt', format: 'a4', compress: true, putOnlyUsedFonts: true })
  for (const { style, base64 } of cuts) {
    document_.addFileToVFS(`NotoSans-${style}.ttf`, base64)
    document_.addFont(`NotoSans-${style}.ttf`, printFont, style)
  }
  document_.setProperties({ title: report.title, creator: 'Hearthgrid' })
  write(document_, report)
  return document_.output('blob')
}

function write(pdf: jsPDF, { title, notes, sections, foot }: Report): void {
  let y = page.margin
  const room = (height: number) => {
    if (y + height <= page.height - page.margin - lineHeight) return
    pdf.addPage()
    y = page.margin
  }
  const say = (text: string, x: number, at: number, look: { size: number; bold?: boolean; color?: string; align?: 'right' }) => {
    pdf.setFont(printFont, look.bold ? 'bold' : 'normal')
    pdf.setFontSize(look.size)
    pdf.setTextColor(look.color ?? ink)
    pdf.text(printable(text), x, at, { align: look.align ?? 'left' })
  }
  const line = () => {
    pdf.setDrawColor(rule)
    pdf.line(page.margin, y, page.width - page.margin, y)
  }
  const row = (cells: readonly string[], { widths }: ReportSection, bold: boolean) => {
    pdf.setFont(printFont, bold ? 'bold' : 'normal')
    pdf.setFontSize(size.text)
    const lines = cells.map((cell, i) => pdf.splitTextToSize(printable(cell), inner * (widths[i] ?? 0) - gap) as string[])
    const height = Math.max(1, ...lines.map((of) => of.length)) * lineHeight + gap
    room(height)
    let x = page.margin
    lines.forEach((of, i) => {
      of.forEach((words, k) =>
        say(words, x, y + size.text + 1 + k * lineHeight, { size: size.text, bold, ...(bold ? { color: quiet } : {}) }),
      )
      x += inner * (widths[i] ?? 0)
    })
    y += height
    line()
  }
  say(title, page.margin, y + size.title, { size: size.title, bold: true })
  y += size.title + 12
  for (const note of notes) {
    say(note, page.margin, y + size.text, { size: size.text, color: quiet })
    y += lineHeight
  }
  for (const section of sections) {
    room(section.bars ? barsHeight + 60 : 80)
    y += 16
    say(section.title, page.margin, y + size.heading, { size: size.heading, bold: true })
    y += size.heading + 8
    if (section.bars) y += bars(pdf, section.bars, y, say)
    else {
      row(section.heads, section, true)
      for (const cells of section.rows) row(cells, section, false)
    }
  }
  const pages = pdf.getNumberOfPages()
  for (let i = 1; i <= pages; i += 1) {
    pdf.setPage(i)
    const at = page.height - page.margin + lineHeight
    say(foot, page.margin, at, { size: 8, color: quiet })
    say(`${i} / ${pages}`, page.width - page.margin, at, { size: 8, color: quiet, align: 'right' })
  }
}

type Say = (text: string, x: number, y: number, look: { size: number; color?: string; align?: 'right' }) => void

/** Bars from the left to the right; answers the height that they took. */
function bars(pdf: jsPDF, shown: readonly { value: number; label: string }[], top: number, say: Say): number {
  const most = Math.max(1, ...shown.map(({ value }) => value))
  const width = inner / Math.max(1, shown.length)
  const bottom = top + 12 + barsHeight
  pdf.setFillColor(quiet)
  shown.forEach(({ value }, i) => {
    const height = (value / most) * barsHeight
    if (height > 0) pdf.rect(page.margin + i * width + width * 0.1, bottom - height, width * 0.8, height, 'F')
  })
  pdf.setDrawColor(ink)
  pdf.line(page.margin, bottom, page.width - page.margin, bottom)
  say(String(most), page.margin, top + 8, { size: 8, color: quiet })
  say(shown[0]?.label ?? '', page.margin, bottom + 12, { size: 8, color: quiet })
  say(shown.at(-1)?.label ?? '', page.width - page.margin, bottom + 12, { size: 8, color: quiet, align: 'right' })
  return barsHeight + 30
}
