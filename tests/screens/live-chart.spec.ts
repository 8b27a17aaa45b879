import type { Page } from '@playwright/test'
import { expect, townTest as test, type Hearthgrid } from './fixtures.ts'
import { keepPicture } from './picture.ts'

const told = (page: Page) => page.getByRole('table', { name: 'Lines' }).getByRole('columnheader').first()

async function openLive(page: Page, hearthgrid: Hearthgrid) {
  const { points } = await hearthgrid.call('devices.points', { point: ['circuit1.flow'] })
  await page.goto(`${hearthgrid.url}/live?series=${points[0]?.point.series}&window=15`)
  await expect(told(page)).toHaveText(/\d\d:\d\d:\d\d$/)
  return points[0]
}

/** How many pixels of the sheet over the plot are drawn on. */
const inked = (page: Page) =>
  page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() }
    return data.filter((value, i) => i % 4 === 3 && value > 0).length
  })

test('lines are there at once, new values come in, and a pause holds the picture', async ({ signedIn: page, hearthgrid }, info) => {
  await openLive(page, hearthgrid)
  await expect.poll(() => inked(page)).toBeGreaterThan(200)
  const first = await told(page).textContent()
  await expect(told(page)).not.toHaveText(first ?? '')
  await keepPicture(page, info, 'live-chart')
  await page.getByRole('button', { name: 'Pause' }).click()
  const held = await told(page).textContent()
  const news = page.waitForEvent('console', { predicate: (message) => message.text() === 'news', timeout: 60_000 })
  // Two more rounds of values, as another client sees them.
  await page.evaluate(
    (path) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(path)
        resolve()
        let seen = 0
        socket.addEventListener('open', () =>
          socket.send(JSON.stringify({ watch: [Number(new URLSearchParams(location.search).get('series'))] })),
        )
        socket.addEventListener('message', (event) => {
          if (String(event.data).includes('"readings"') && ++seen === 3) console.log('news')
        })
      }),
    `${hearthgrid.url.replace('http', 'ws')}/api/v1/live/socket`,
  )
  await news
  await expect(told(page)).toHaveText(held ?? '')
  await page.getByRole('button', { name: /^Go on/ }).click()
  await expect(told(page)).not.toHaveText(held ?? '')
})

test('who comes back from another screen finds the same lines, recorded on', async ({ signedIn: page, hearthgrid }) => {
  const flow = await openLive(page, hearthgrid)
  const link = (name: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name, exact: true })
  await link('Meters').click()
  await expect(page).toHaveURL(/meters/)
  await link('Live chart').click()
  await expect(page).toHaveURL(new RegExp(`series=${flow?.point.series}`))
  await expect(page.locator(`tr[data-series="${flow?.point.series}"]`)).toContainText('°C')
  await expect.poll(() => inked(page)).toBeGreaterThan(200)
})

test('a setting that is written meanwhile gets its mark at once', async ({ signedIn: page, hearthgrid }) => {
  const flow = await openLive(page, hearthgrid)
  const id = flow?.device ?? ''
  const [slope] = await hearthgrid.call('devices.readSettings', { id, points: ['circuit1.slope'] })
  const before = slope?.value ?? 0
  const value = Math.round((before > 1 ? before - 0.1 : before + 0.1) * 10) / 10
  const marks = page.getByRole('button', { name: /changes? of (a setting|settings)/ })
  const count = async () => ((await marks.count()) === 0 ? 0 : Number.parseInt((await marks.textContent()) ?? '0', 10))
  const already = await count()
  await hearthgrid.call('devices.write', { id, point: 'circuit1.slope', value, expect: before })
  await expect.poll(count, { timeout: 5000 }).toBe(already + 1)
  await hearthgrid.call('devices.write', { id, point: 'circuit1.slope', value: before, expect: value })
})
