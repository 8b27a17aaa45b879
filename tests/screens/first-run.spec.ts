import { expect, startHearthgrid, test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

test('from nothing to a living town, and back', async ({ page }, info) => {
  const own = await startHearthgrid(['--demo-days', '7'])
  try {
    await page.goto(await own.signInUrl())
    await expect(page).toHaveURL(`${own.url}/`)
    await expect(page.getByRole('heading', { name: 'Welcome to Hearthgrid' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Connect a controller' })).toBeVisible()
    await keepPicture(page, info, 'first-run')

    await page.getByRole('button', { name: 'Open the demo town' }).click()
    await expect(page).toHaveURL(/\/devices$/, { timeout: 60_000 })
    const house = page.locator('[data-device]').filter({ hasText: 'A266.1' }).first()
    await expect(house.locator('[data-key="flow"]')).toContainText(/\d+\.\d °C/)
    // One house may rest for a minute; a town does not.
    const flows = async () => (await page.locator('[data-device] [data-key="flow"]').allTextContents()).join()
    const before = await flows()
    await expect.poll(flows, { timeout: 45_000 }).not.toBe(before)
    await keepPicture(page, info, 'devices-live')

    await own.call('simulator.jump', { hours: 26 })
    await page.getByRole('button', { name: /^Demo town: \d+ \w+ \d{4}/ }).click()
    await expect(page.getByText('belongs to that time, not to the clock of this machine')).toBeVisible()
    await keepPicture(page, info, 'demo-other-time')
    await page.getByRole('menuitem', { name: 'Close the demo town' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Close the demo town' }).click()
    await expect(page.getByText('No devices yet')).toBeVisible()
    await page.getByRole('link', { name: 'To the start', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Welcome to Hearthgrid' })).toBeVisible()
  } finally {
    await own.stop()
  }
})

test('while the town is made its progress is seen, by whoever comes too, and it can be cancelled', async ({ page }, info) => {
  const own = await startHearthgrid(['--demo-days', '800'])
  try {
    await page.goto(await own.signInUrl())
    await page.getByRole('button', { name: 'Open the demo town' }).click()
    const bar = page.getByRole('progressbar', { name: 'Making the demo town' })
    await expect(bar).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: /day \d+ of 800/ })).toBeVisible()
    await page.reload()
    await expect(bar).toBeVisible()
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
    await keepPicture(page, info, 'demo-making')
    await page.emulateMedia({ colorScheme: 'dark' })
    await keepPicture(page, info, 'demo-making-dark')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Open the demo town' })).toBeEnabled()
    await expect(page.getByRole('alert')).toHaveCount(0)
    expect(await own.call('devices.list', {})).toEqual([])
    expect(await own.call('simulator.status', {})).toMatchObject({ running: false, making: null })
  } finally {
    await own.stop()
  }
})
