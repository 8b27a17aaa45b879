import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'

const folder = join(import.meta.dirname, '..', '.results', 'screens')

/** Keeps a picture of the screen for people to look at. Answers its bytes. */
export async function keepPicture(page: Page, info: TestInfo, name: string): Promise<Buffer> {
  const target = join(folder, info.project.name)
  mkdirSync(target, { recursive: true })
  return page.screenshot({ path: join(target, `${name}.png`) })
}

/** The share of pixels that are strongly coloured: no grey, no muted tone. */
export async function saturatedShare(page: Page, picture: Buffer): Promise<number> {
  return page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = new OffscreenCanvas(image.width, image.height)
      const paper = canvas.getContext('2d')
      if (!paper) throw new Error('no paper to draw on')
      paper.drawImage(image, 0, 0)
      const { data } = paper.getImageData(0, 0, image.width, image.height)
      let strong = 0
      for (let i = 0; i < data.length; i += 4) {
        const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3)
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 90) strong++
      }
      return strong / (data.length / 4)
    },
    `data:image/png;base64,${picture.toString('base64')}`,
  )
}

/** How far the page can be scrolled sideways, px. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
