import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { appleSizes, toIcns, toIco, toPng } from './containers.ts'
import { draw, type Picture } from './raster.ts'
import { mark, smallMark, toSvg, type Shape } from './shapes.ts'

const red: Shape = { fill: '#ff0000', path: 'M0 0L32 0L32 64L0 64Z' }
const pixel = ({ size, pixels }: Picture, x: number, y: number) => [...pixels.subarray((y * size + x) * 4, (y * size + x) * 4 + 4)]
const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url))

/** Pixels of a picture written by toPng. */
function pixelsOf(png: Buffer): { size: number; pixels: number[] } {
  const size = png.readUInt32BE(16)
  const rows = inflateSync(png.subarray(png.indexOf('IDAT') + 4))
  return {
    size,
    pixels: Array.from({ length: size }, (_, y) => [...rows.subarray(y * (size * 4 + 1) + 1, (y + 1) * (size * 4 + 1))]).flat(),
  }
}

describe('drawing', () => {
  test('fills what lies inside, leaves the rest clear and mixes at the edge', () => {
    const picture = draw([red], 3)
    expect(pixel(picture, 0, 1)).toEqual([255, 0, 0, 255])
    expect(pixel(picture, 1, 1)).toEqual([255, 0, 0, 128])
    expect(pixel(picture, 2, 1)).toEqual([0, 0, 0, 0])
  })

  test('lays later shapes over earlier ones and leaves holes open', () => {
    const hole: Shape = { fill: '#0000ff', path: 'M8 8L56 8L56 56L8 56ZM24 24L40 24L40 40L24 40Z' }
    const picture = draw([red, hole], 64)
    expect(pixel(picture, 12, 12)).toEqual([0, 0, 255, 255])
    expect(pixel(picture, 28, 30)).toEqual([255, 0, 0, 255])
    expect(pixel(picture, 36, 30)).toEqual([0, 0, 0, 0])
  })

  test('gives lines round ends', () => {
    const picture = draw([{ stroke: '#00ff00', width: 16, points: [[32, 32]], closed: false }], 64)
    expect(pixel(picture, 32, 26)).toEqual([0, 255, 0, 255])
    expect(pixel(picture, 26, 26)[3]).toBeLessThan(255)
    expect(pixel(picture, 25, 25)).toEqual([0, 0, 0, 0])
  })
})

describe('the files in the project', () => {
  test.each([
    ['build/icons/linux/16x16.png', smallMark, 16],
    ['build/icons/linux/48x48.png', mark, 48],
    ['resources/icons/tray.png', smallMark, 24],
  ] as const)('%s is what shapes.ts draws', (path, shapes, size) => {
    expect(pixelsOf(file(path))).toEqual({ size, pixels: [...draw(shapes, size).pixels] })
  })

  test('the drawings in SVG are what shapes.ts says', () => {
    for (const path of ['build/icons/icon.svg', 'src-renderer/public/favicon.svg']) expect(file(path).toString()).toBe(toSvg(mark))
  })

  test.each([16, 32, 48, 64, 128, 256, 512])('Linux gets a picture of %d pixels', (size) => {
    expect(file(`build/icons/linux/${size}x${size}.png`).readUInt32BE(16)).toBe(size)
  })

  test('Windows gets its sizes, the largest as PNG', () => {
    const ico = file('build/icons/icon.ico')
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.subarray(6 + 16 * i, 22 + 16 * i))
    expect(entries.map((entry) => entry[0])).toEqual([16, 24, 32, 48, 64, 128, 0])
    const last = entries.at(-1) ?? Buffer.alloc(16)
    expect(ico.subarray(last.readUInt32LE(12)).toString('latin1', 1, 4)).toBe('PNG')
    expect(last.readUInt32LE(12) + last.readUInt32LE(8)).toBe(ico.length)
  })

  test('macOS gets its sizes up to 1024 pixels', () => {
    const icns = file('build/icons/icon.icns')
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length])
    const names: string[] = []
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) names.push(icns.toString('latin1', at, at + 4))
    expect(names).toEqual(expect.arrayContaining(['ic07', 'ic08', 'ic09', 'ic10']))
  })
})

describe('containers', () => {
  const tiny = draw([red], 3)

  test('a bitmap in an ICO stands upside down, with blue first and a mask for what is clear', () => {
    const ico = toIco([tiny])
    const colours = ico.subarray(22 + 40)
    expect([...colours.subarray(0, 12)]).toEqual([0, 0, 255, 255, 0, 0, 255, 128, 0, 0, 0, 0])
    expect(colours.subarray(36, 37)[0]).toBe(0b00100000)
  })

  test('a PNG holds the pixels it was given', () => {
    expect(pixelsOf(toPng(tiny))).toEqual({ size: 3, pixels: [...tiny.pixels] })
  })

  test('an ICNS without one of its sizes is refused', () => {
    const pictures = new Map(appleSizes.filter((size) => size !== 512).map((size) => [size, tiny]))
    expect(() => toIcns(pictures)).toThrow('no picture of 512 pixels')
  })
})
