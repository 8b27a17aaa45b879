import type { Page } from '@playwright/test'
import { expect, townTest as test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

const lines = (page: Page) => page.locator('.scatterlayer .js-line[style*="stroke-width: 1.7px"]')

async function openChart(page: Page, url: string, words: string) {
  await page.goto(url + words)
  await expect(lines(page).first()).toBeAttached({ timeout: 30_000 })
}

test.beforeEach(async ({ signedIn: page, hearthgrid }) => {
  const [device] = await hearthgrid.call('devices.list', {})
  await openChart(page, `${hearthgrid.url}/devices/${device?.id}/chart`, '')
})

test('a day of the key values is drawn, and the table tells the values under the cursor', async ({ signedIn: page }, info) => {
  await expect(lines(page)).toHaveCount(7)
  const outdoor = page.locator('tr[data-point="outdoor"]')
  await expect(outdoor).toContainText('°C')
  await keepPicture(page, info, 'chart-day')
  const box = await page.getByRole('img', { name: /^Chart of/ }).boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.5)
  await expect(page.getByRole('columnheader', { name: 'At the cursor' })).toBeVisible()
})

test('the period stands in the address bar and survives a reload', async ({ signedIn: page }, info) => {
  await page.getByText('7 days', { exact: true }).click()
  await expect(page).toHaveURL(/period=week/)
  await page.getByRole('button', { name: 'Earlier' }).click()
  await expect(page).toHaveURL(/date=\d{4}-\d\d-\d\d/)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Today' })).toBeVisible()
  await page.getByRole('button', { name: 'Today' }).click()
  await expect(page).not.toHaveURL(/date=/)
  await expect(lines(page)).toHaveCount(7)
  await keepPicture(page, info, 'chart-week')
})

test('another value is found by name and drawn; a dropped one leaves', async ({ signedIn: page }) => {
  await page.getByRole('button', { name: /values chosen/ }).click()
  await page.getByLabel('Name or number').fill('status')
  await page.getByRole('group', { name: 'Circuit 1' }).getByRole('checkbox').first().check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/circuit1\.status/)
  await expect(lines(page)).toHaveCount(8)
  await page.getByRole('button', { name: 'Take Outdoor temperature out of the chart' }).click()
  await expect(lines(page)).toHaveCount(7)
  await page.getByRole('button', { name: /5 values chosen/ }).waitFor()
})

test('desired values go with the measured ones, and can be left out', async ({ signedIn: page }) => {
  const wished = page.locator('tr[data-point="circuit1.returnReference"]')
  await expect(wished).toContainText('°C')
  await expect(wished.getByRole('button')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Desired values' }).uncheck()
  await expect(page).toHaveURL(/references=off/)
  await expect(wished).toHaveCount(0)
  await expect(lines(page)).toHaveCount(5)
})

test('a zoom stands in the address bar, asks for finer data and can be undone', async ({ signedIn: page, hearthgrid }) => {
  const [device] = await hearthgrid.call('devices.list', {})
  const now = Date.now()
  const asked = page.waitForRequest((request) => request.url().includes('/history/chart'))
  await openChart(page, `${hearthgrid.url}/devices/${device?.id}/chart`, `?period=week&zoom=${now - 7_200_000}~${now - 3_600_000}`)
  const query = new URL((await asked).url()).searchParams
  expect(Number(query.get('to')) - Number(query.get('from'))).toBeLessThan(3 * 3_600_000)
  await page.getByRole('button', { name: 'Whole period' }).click()
  await expect(page).not.toHaveURL(/zoom=/)
})

test('a period without values says so instead of drawing nothing', async ({ signedIn: page, hearthgrid }) => {
  const [device] = await hearthgrid.call('devices.list', {})
  await page.goto(`${hearthgrid.url}/devices/${device?.id}/chart?date=2020-01-15`)
  await expect(page.getByText('Nothing is stored in this period.')).toBeVisible({ timeout: 30_000 })
})
