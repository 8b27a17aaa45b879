import { expect, townTest as test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

test.beforeEach(async ({ signedIn: page, hearthgrid }) => {
  const school = (await hearthgrid.call('devices.list', {})).find(({ name }) => name.startsWith('Schule'))
  await page.goto(`${hearthgrid.url}/devices/${school?.id}`)
  await expect(page.getByRole('heading', { name: /Schule am Kloster/ })).toBeVisible({ timeout: 30_000 })
})

test('values come in by circuit with unit and age; a missing sensor is drawn as missing', async ({ signedIn: page }, info) => {
  await expect(page.getByRole('heading', { name: 'Circuit 1' })).toBeVisible()
  await expect(page.locator('[data-point="outdoor"]')).toContainText(/−?\d+\.\d °C/, { timeout: 30_000 })
  const spare = page.locator('[data-point="input9"]')
  await expect(spare).toContainText('no sensor')
  await expect(spare.locator('[data-absent="fault"]')).toHaveText(/^\?/)
  await expect(spare).not.toContainText('192')
  await page.getByLabel('Filter values').fill('10203')
  await expect(page.locator('[data-point]')).toHaveCount(1)
  await expect(page.locator('[data-point="circuit1.flow"]')).toBeVisible()
  await keepPicture(page, info, 'values-filtered')
})

test('settings are read when the tab is opened: OFF is OFF, states have names', async ({ signedIn: page }, info) => {
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByText(/^Read at /)).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('[data-point="circuit1.optimizer"]')).toContainText('OFF')
  await expect(page.locator('[data-point="circuit1.control.actuator"]')).toContainText('Gear motor')
  await expect(page.getByText('05:30–16:00').first()).toBeVisible()
  await keepPicture(page, info, 'settings')
  await page.getByLabel('Filter settings').fill('slope')
  await expect(page.locator('[data-point]')).toHaveCount(1)
})

test('a new name is kept, and taken back', async ({ signedIn: page }) => {
  await page.getByRole('link', { name: 'About' }).click()
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Schule am Kloster, north')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Schule am Kloster, north' })).toBeVisible()
  await name.fill('Schule am Kloster')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Schule am Kloster', exact: true })).toBeVisible()
})

test('F1 opens the help for the screen one is on', async ({ signedIn: page }) => {
  await page.getByRole('link', { name: 'Chart', exact: true }).click()
  await expect(page).toHaveURL(/\/chart/)
  await page.keyboard.press('F1')
  await expect(page).toHaveURL(/\/help\/chart/)
  await expect(page.getByRole('heading', { name: 'Looking closer' })).toBeVisible()
})

test('an address of a device that is gone says so', async ({ signedIn: page, hearthgrid }) => {
  await page.goto(`${hearthgrid.url}/devices/gone`)
  await expect(page.getByText('This device is not in the list')).toBeVisible()
  await page.goto(`${hearthgrid.url}/no/such/place`)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
})
