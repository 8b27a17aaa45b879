import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { TableRows } from '#shared/history/table.ts'
import type { FileShape } from './export-csv.ts'
import { mostSheetRows, sheetPieces, xmlText } from './sheet.ts'

const open = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A table as XLSX, piece by piece; a further sheet begins where one is full. `now` (UTC ms) is what the parts are dated with. */
export async function* bookPieces(
  rows: AsyncIterable<TableRows>,
  shape: FileShape,
  now: number,
  most = mostSheetRows,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const options = { mtime: new Date(now), compressionLevel: 1 }
  const iterator = rows[Symbol.asyncIterator]()
  let current: Readable | undefined
  const fill = async () => {
    const sheet: { left: TableRows | null } = { left: null }
    let count = 0
    do {
      current = Readable.from(sheetPieces(iterator, shape, sheet, most), { objectMode: false })
      zip.addReadStream(current, `xl/worksheets/sheet${++count}.xml`, options)
      await finished(current)
    } while (sheet.left !== null)
    for (const [path, text] of frame(shape.heads.sheet, count)) zip.addBuffer(Buffer.from(text), path, options)
    zip.end()
  }
  const filled = fill().catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const piece of output) yield piece as Uint8Array
    await filled
  } finally {
    current?.destroy()
    await iterator.return?.()
  }
}

/** The parts of the package around its sheets. */
function frame(title: string, count: number): [path: string, text: string][] {
  const each = (part: (number: number) => string) => Array.from({ length: count }, (_, i) => part(i + 1)).join('')
  const name = (number: number) => xmlText(number === 1 ? title : `${title} ${number}`)
  return [
    [
      '[Content_Types].xml',
      `${open}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>` +
        each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${kind}.worksheet+xml"/>`) +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `${open}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${open}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
        each((number) => `<sheet name="${name(number)}" sheetId="${number}" r:id="rId${number}"/>`) +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${open}<Relationships xmlns="${packaged}/relationships">` +
        each((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`) +
        `<Relationship Id="rId${count + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', `${open}${styleSheet}`],
  ]
}

/** Plain, moment and head, in the order of `styles` in sheet.ts. */
const styleSheet =
  `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
