// Draws every icon of the program from shapes.ts. Run it after a change there: node build/icons/make.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../launch/node.mjs'
import { appleSizes, toIcns, toIco, toPng } from './containers.ts'
import { draw, type Picture } from './raster.ts'
import { dot, mark, smallMark, template, tile, toSvg } from './shapes.ts'

const small = 32
const sized = (size: number): Picture => draw(size <= small ? smallMark : mark, size)

function write(path: string, content: string | Buffer): void {
  const full = join(root, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, content)
}

const pictures = new Map([...appleSizes, 24, 48].map((size) => [size, sized(size)]))
const picture = (size: number): Picture => pictures.get(size) ?? sized(size)

write('build/icons/icon.svg', toSvg(mark))
write('build/icons/icon.icns', toIcns(pictures))
write('build/icons/icon.ico', toIco([16, 24, 32, 48, 64, 128, 256].map(picture)))
write('build/icons/icon.png', toPng(picture(1024)))
for (const size of [16, 32, 48, 64, 128, 256, 512]) write(`build/icons/linux/${size}x${size}.png`, toPng(picture(size)))

write('resources/icons/icon.png', toPng(picture(256)))
write('resources/icons/tray.png', toPng(sized(24)))
write('resources/icons/tray@2x.png', toPng(sized(48)))
write('resources/icons/tray.ico', toIco([16, 24, 32, 48].map(picture)))
write('resources/icons/trayTemplate.png', toPng(draw(template, 18)))
write('resources/icons/trayTemplate@2x.png', toPng(draw(template, 36)))
write('resources/icons/badge.png', toPng(draw(dot, 32)))

write('src-renderer/public/favicon.svg', toSvg(mark))
write('src-renderer/public/apple-touch-icon.png', toPng(draw(tile, 180)))
