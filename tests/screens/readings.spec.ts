import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { expect, startHearthgrid, townTest as test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

const body = (page: Page) => page.getByRole('table', { name: 'Readings' }).locator('[data-at]')
const count = (page: Page) => page.locator('[data-rows]')

/** The address of the table of the flow temperatures of two houses and the outdoor temperature of one. */
async function addressOf(hearthgrid: Hearthgrid, words: string): Promise<string> {
  const devices = (await hearthgrid.call('devices.list', {})).slice(0, 2)
  const series = devices.flatMap(({ key }) => key.slice(0, 2).map((point) => point.series))
  return `${hearthgrid.url}/readings?series=${series.join(',')}${words}`
}

test('a week by the hour is scrolled to its end, and every cell tells its quality', async ({ signedIn: page, hearthgrid }, info) => {
  await page.goto(await addressOf(hearthgrid, '&period=week&step=hour&figures=min,mean,max'))
  await expect(body(page).first().locator('[data-number], [data-state="none"]').first()).toBeVisible({ timeout: 30_000 })
  await expect(count(page)).toContainText(/1\d\d rows/)
  await expect(page.getByRole('columnheader').nth(1)).toContainText('Lowest, °C')
  await keepPicture(page, info, 'readings-week')
  await page.getByRole('table', { name: 'Readings' }).evaluate((frame) => frame.scrollTo({ top: frame.scrollHeight }))
  const cell = body(page).last().locator('[data-state="good"]').first()
  await expect(cell).toBeVisible()
  await cell.click()
  await expect(page.locator('[data-reason="good"]')).toContainText(/°C\. Good\./)
})

test('step, period and figures are chosen and stand in the address bar', async ({ signedIn: page, hearthgrid }, info) => {
  await page.goto(await addressOf(hearthgrid, ''))
  await expect(body(page).first()).toBeVisible({ timeout: 30_000 })
  await page.getByText('Hour', { exact: true }).click()
  await expect(page).toHaveURL(/step=hour/)
  await page.getByRole('button', { name: 'Mean' }).click()
  await page.getByRole('checkbox', { name: 'Highest' }).check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/figures=max%2Cmean/)
  await expect(page.getByRole('columnheader', { name: /Highest/ }).first()).toBeVisible()
  await page.getByText('As stored', { exact: true }).click()
  await page.getByText('Gaps', { exact: true }).click()
  await expect(page.locator('[data-share]')).toBeVisible()
  await keepPicture(page, info, 'readings-gaps')
  await page.reload()
  await expect(page.locator('[data-share]')).toBeVisible()
})

test('what nobody stored is told in words and is no zero', async ({ signedIn: page, hearthgrid }) => {
  await page.goto(await addressOf(hearthgrid, '&date=2020-01-15&step=hour&figures=mean'))
  await expect(count(page)).toHaveText('24 rows', { timeout: 30_000 })
  const cells = body(page).first().getByRole('cell')
  await expect(cells.first()).toHaveText('nothing stored')
  await expect(page.locator('[data-at] [data-number]')).toHaveCount(0)
  await page.getByText('As stored', { exact: true }).click()
  await expect(page.locator('[data-gap]')).toContainText('Nothing stored for 24 h')
})

test('stored samples follow page by page, and a name is shown as it is, whatever it holds', async ({ page }) => {
  const rows = 2500
  const name = '=1+1 <b>House</b>'
  const prepared = await startHearthgrid()
  const gateway = await prepared.call('ingest.addGateway', { name: 'Router', zone: 'UTC' })
  const points = [{ key: 'flow', point: 'circuit1.flow', is: 'temperature' as const, scale: 1 }]
  const device = await prepared.call('ingest.map', { id: gateway.id, member: 'house', name, points })
  const series = (await prepared.call('devices.get', { id: device.id })).points[0]?.series ?? 0
  await prepared.stop()
  const first = Date.UTC(2026, 0, 10, 12)
  const engine = historyEngine({ clock: () => first, onProgress: () => undefined })
  await engine.open({ folder: join(prepared.dataFolder, 'history'), memoryMb: 128, threads: 1 })
  await engine.append({
    series: new Uint32Array(rows).fill(series),
    at: Float64Array.from({ length: rows }, (_, i) => first + i * 60_000),
    value: Float64Array.from({ length: rows }, (_, i) => i),
    quality: new Uint8Array(rows),
  })
  await engine.close({})
  const filled = await startHearthgrid([], prepared.dataFolder)
  await page.goto(await filled.signInUrl())
  await page.goto(`${filled.url}/readings?series=${series}&step=raw&period=own&from=2026-01-09T00:00&to=2026-01-14T00:00`)
  await expect(page.getByRole('columnheader').nth(1)).toContainText(name)
  const frame = page.getByRole('table', { name: 'Readings' })
  await expect(body(page).first()).toBeVisible({ timeout: 30_000 })
  expect(await frame.getAttribute('aria-rowcount')).toBe('-1')
  await expect(async () => {
    await frame.evaluate((one) => one.scrollTo({ top: one.scrollHeight }))
    await expect(count(page)).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(count(page)).toHaveAttribute('data-rows', String(rows))
  await frame.evaluate((one) => one.scrollTo({ top: one.scrollHeight }))
  await expect(body(page).last()).toContainText('2499.0')
  await filled.stop()
  rmSync(prepared.dataFolder, { recursive: true, force: true })
})

test('a file is saved with what the table shows', async ({ signedIn: page, hearthgrid }, info) => {
  await page.goto(await addressOf(hearthgrid, '&step=15min&figures=last'))
  await expect(body(page).first()).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Save as file' }).click()
  const dialog = page.getByRole('dialog')
  await keepPicture(page, info, 'readings-file')
  await dialog.getByRole('radio', { name: 'Tab' }).check()
  await dialog.getByRole('checkbox', { name: /quality/ }).uncheck()
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save', exact: true }).click()])
  expect(file.suggestedFilename()).toMatch(/^Readings \d{4}-\d\d-\d\d \d{4}-\d\d-\d\d\.csv$/)
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n')
  const shown = Number(/\d+/.exec((await count(page).textContent()) ?? '')?.[0])
  expect(lines.length).toBe(shown + 1)
  expect(lines[0]?.split('\t')).toHaveLength(6)
  await expect(dialog.getByText(/^Saved as/)).toBeVisible()
})

test('on a phone the table fits and nothing scrolls sideways but the table', async ({ signedIn: page, hearthgrid }, info) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(await addressOf(hearthgrid, '&step=hour&figures=min,max'))
  await expect(body(page).first()).toBeVisible({ timeout: 30_000 })
  await keepPicture(page, info, 'readings-phone')
  expect(await sideways(page)).toBe(0)
})

test('without points the screen says what to do', async ({ signedIn: page, hearthgrid }) => {
  await page.goto(`${hearthgrid.url}/readings`)
  await expect(page.getByText('No point chosen')).toBeVisible()
  await page
    .getByRole('button', { name: /chosen/i })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
})
