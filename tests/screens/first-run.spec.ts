import { expect, startHearthgrid, test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

test('from nothing to a living town, and back', async ({ page }, info) => {
  const own = await startHearthgrid()
  try {
    await page.goto(await own.signInUrl())
    await expect(page).toHaveURL(`${own.url}/`)
    await expect(page.getByRole('heading', { name: 'Welcome to Hearthgrid' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Connect a controller' })).toBeVisible()
    await keepPicture(page, info, 'first-run')

    await page.getByRole('button', { name: 'Open the demo town' }).click()
    await expect(page).toHaveURL(/\/devices$/, { timeout: 60_000 })
    const house = page.locator('[data-device]').first()
    await expect(house).toContainText('A266.1')
    await expect(house.locator('[data-key="flow"]')).toContainText(/\d+\.\d °C/)
    // One house may rest for a minute; a town does not.
    const flows = async () => (await page.locator('[data-device] [data-key="flow"]').allTextContents()).join()
    const before = await flows()
    await expect.poll(flows, { timeout: 45_000 }).not.toBe(before)
    await keepPicture(page, info, 'devices-live')

    await page.getByRole('button', { name: 'Demo town' }).click()
    await page.getByRole('menuitem', { name: 'Close the demo town' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Close the demo town' }).click()
    await expect(page.getByText('No devices yet')).toBeVisible()
    await page.getByRole('link', { name: 'To the start', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Welcome to Hearthgrid' })).toBeVisible()
  } finally {
    await own.stop()
  }
})
