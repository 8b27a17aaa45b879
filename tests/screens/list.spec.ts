import { expect, townTest as test } from './fixtures.ts'

test.beforeEach(async ({ signedIn }) => {
  await expect(signedIn.locator('[data-device]').first()).toBeVisible({ timeout: 60_000 })
})

test('words narrow the list, stand in the address bar and survive a reload', async ({ signedIn: page }) => {
  await page.getByLabel('Filter by name, place, application').fill('kita')
  await expect(page.locator('[data-device]')).toHaveCount(2)
  await expect(page).toHaveURL(/q=kita/)
  await page.reload()
  await expect(page.locator('[data-device]')).toHaveCount(2)
  await page.getByLabel('Filter by name, place, application').fill('nowhere at all')
  await expect(page.getByText('No device matches')).toBeVisible()
  await page.getByRole('button', { name: 'Show all devices' }).click()
  await expect(page.getByText('34 of 34 shown')).toBeVisible()
})

test('one state alone can be shown, with its count', async ({ signedIn: page }) => {
  const online = page.getByRole('group', { name: 'Filter by contact' }).getByRole('button', { name: /Online/ })
  await expect(online).toContainText('34', { timeout: 60_000 })
  await online.click()
  await expect(page).toHaveURL(/state=online/)
  await expect(page.getByText('34 of 34 shown')).toBeVisible()
})

test('a device is found and opened from the keyboard', async ({ signedIn: page }) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('klosterstr')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Schule am Kloster' })).toBeVisible()
})

test('the first stop of the tab key leads past the navigation', async ({ signedIn: page }) => {
  await page.reload()
  await expect(page.locator('[data-device]').first()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'To the content' })).toBeFocused()
})
