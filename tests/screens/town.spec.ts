import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

const hourMs = 3_600_000

let own: Hearthgrid

// Time and faults of this town are its own, so that no other file sees them.
test.beforeAll(async () => {
  test.setTimeout(180_000)
  own = await startHearthgrid(['--demo', '--demo-days', '2'])
})
test.afterAll(() => own.stop())

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600

async function openTown(page: Page, words = '') {
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/town${words}`)
  await expect(page.locator('[data-station]').first()).toBeVisible()
}

/** A house that stands apart on the map and is one of the devices. */
async function lonelyHouse() {
  const { stations } = await own.call('simulator.town', {})
  const apart = (one: (typeof stations)[number]) =>
    Math.min(...stations.filter((other) => other !== one).map(({ at }) => Math.hypot(at[0] - one.at[0], (at[1] - one.at[1]) * 0.63)))
  const [house] = stations.filter(({ device }) => device !== null).toSorted((a, b) => apart(b) - apart(a))
  if (!house) throw new Error('no house is a device')
  return house
}

test('without a town the page says what it is and offers to open it', async ({ signedIn: page, hearthgrid }) => {
  await page.goto(`${hearthgrid.url}/town`)
  await expect(page.getByRole('heading', { name: 'No demo town is open' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the demo town' })).toBeEnabled()
  expect(await sideways(page)).toBe(0)
})

test('the map shows plant, pipes and houses, and a house tells what is true in it', async ({ page }, info) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  const town = await own.call('simulator.town', {})
  await openTown(page)
  await expect(page.locator('[data-station]')).toHaveCount(town.stations.length)
  await expect(page.locator('[data-pipe]')).toHaveCount(town.nodes.length)
  await expect(page.locator('[data-pipe] [data-side="supply"]')).toHaveCount(town.nodes.length)
  await expect(page.locator('[data-plant]')).toContainText(/\d+\.\d °C/)
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'town')

  const house = await lonelyHouse()
  await page.locator(`[data-station="${house.name}"]`).click()
  await expect(page).toHaveURL(/station=/)
  const card = page.locator(`[data-station-card="${house.name}"]`)
  await expect(card.getByRole('img', { name: `${house.name} as seen from the street` })).toBeVisible()
  await expect(card).toContainText(/Room\s*\d+\.\d °C/)
  await keepPicture(page, info, 'town-house')
  await card.getByRole('link', { name: 'Open the device' }).click()
  await expect(page).toHaveURL(`${own.url}/devices/${house.device}`)
  expect(errors).toEqual([])
})

test('the colour of the pipes is chosen and stays in the address', async ({ page }) => {
  await openTown(page)
  await page.getByText('Pressure', { exact: true }).click()
  await expect(page).toHaveURL(/pipes=dp/)
  await expect(page.getByText('Pressure difference', { exact: true })).toBeVisible()
  await expect(page.locator('[data-pipe] [data-side="middle"]').first()).toBeAttached()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Pressure' })).toBeChecked()
})

test('the map zooms by button and keyboard, never beyond the whole town, and arrow keys lead from house to house', async ({ page }) => {
  await openTown(page)
  const ruler = page.getByText(/^\d+ k?m$/)
  const before = await ruler.textContent()
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeDisabled()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect(ruler).not.toHaveText(before ?? '')
  await page.getByRole('button', { name: 'Show the whole town' }).click()
  await expect(ruler).toHaveText(before ?? '')
  // On a phone the house covers the map.
  if (isPhone(page)) return
  const house = await lonelyHouse()
  await page.locator(`[data-station="${house.name}"]`).click()
  await page.getByRole('application').focus()
  for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) await page.keyboard.press(key)
  await expect(page.locator('[data-station][data-chosen]')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/station=/)
})

test('the table tells the same and is sorted by a click', async ({ page }, info) => {
  await openTown(page)
  await page.getByText('Table', { exact: true }).click()
  const { stations } = await own.call('simulator.town', {})
  const rows = page.locator('[data-row]')
  await expect(rows).toHaveCount(stations.length)
  const powers = async () => (await rows.locator('td:nth-child(3)').allTextContents()).map(Number)
  await page.getByRole('button', { name: 'Power' }).click()
  await expect(page).toHaveURL(/sort=power/)
  const sorted = await powers()
  expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
  expect(new Set(sorted).size).toBeGreaterThan(3)
  await page.getByRole('button', { name: 'Power' }).click()
  await expect(page).toHaveURL(/order=descending/)
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'town-table')
})

test('time rests, runs faster and jumps, and the page says that it is its own', async ({ page }) => {
  await openTown(page)
  const clock = page.locator('[data-town-time]')
  await page.getByText('Rest', { exact: true }).click()
  await expect.poll(async () => (await own.call('simulator.status', {})).speed).toBe(0)
  const rested = (await own.call('simulator.status', {})).now ?? 0
  await page.getByRole('button', { name: 'Jump' }).click()
  await page.getByRole('menuitem', { name: '6 hours' }).click()
  await expect(page.getByText(/ahead of this computer’s clock/)).toBeVisible()
  const { now } = await own.call('simulator.status', {})
  expect((now ?? 0) - rested).toBeGreaterThanOrEqual(6 * hourMs)
  const before = await clock.textContent()
  await page.getByText('60×', { exact: true }).click()
  await expect(clock).not.toHaveText(before ?? '')
  await page.getByText('1×', { exact: true }).click()
  await expect.poll(async () => (await own.call('simulator.status', {})).speed).toBe(1)
})

test('an instructor breaks the network, sees it on the map, takes the truth home and mends it', async ({ page }, info) => {
  await openTown(page)
  const { nodes } = await own.call('simulator.town', {})
  const last = nodes.at(-1)?.id ?? ''
  await page.getByRole('button', { name: 'Break something' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('combobox', { name: 'What' }).click()
  await page.getByRole('option', { name: 'Leak in the network' }).click()
  await expect(form).toContainText('Water leaves the network at a node.')
  const where = form.getByRole('combobox', { name: 'At which node' })
  await where.click()
  await where.fill(last)
  await page.getByRole('option', { name: last, exact: true }).click()
  const flow = form.getByRole('textbox', { name: 'Flow' })
  await flow.fill('99')
  await expect(form.getByText('Enter a number within these bounds')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Break it' })).toBeDisabled()
  await flow.fill('0.7')
  await form.getByRole('button', { name: 'Break it' }).click()
  await expect(form).toHaveCount(0)

  await expect(page.locator(`[data-leak="${last}"]`)).toBeVisible()
  await expect(page.locator('[data-fault]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show what is broken' }).click()
  const row = page.locator('[data-fault="leak"][data-state="standing"]').filter({ hasText: last })
  await expect(row).toContainText('Flow 0.7 kg/s')
  await keepPicture(page, info, 'town-faults')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'All faults as a table (CSV)' }).click()])
  expect(readFileSync(await file.path(), 'utf8')).toMatch(new RegExp(`leak,${last},,flow=0\\.7,`))
  await row.getByRole('button', { name: 'Mend' }).click()
  await expect(row).toHaveCount(0)
  await expect(page.locator(`[data-leak="${last}"]`)).toHaveCount(0)
})

test('German and dark: every word is there and nothing scrolls sideways', async ({ page }, info) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.addInitScript(() => localStorage.setItem('hearthgrid.language', 'de'))
  const house = await lonelyHouse()
  await openTown(page, `?faults=open&pipes=return&station=${encodeURIComponent(house.name)}`)
  await expect(page.locator('[data-fault]').first()).toBeAttached()
  await expect(page.locator(`[data-station-card="${house.name}"]`)).toContainText('Rücklauf')
  expect(await page.locator('body').textContent()).not.toMatch(/town\.\w+|\{\{/)
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'town-german-dark')
})
