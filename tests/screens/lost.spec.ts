import { expect, startHearthgrid, test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

test('a lost host is told at once, values turn old, and all comes back by itself', async ({ page }, info) => {
  test.setTimeout(180_000)
  const first = await startHearthgrid(['--demo', '--demo-days', '3'])
  await page.goto(await first.signInUrl())
  await expect(page.locator('[data-key="flow"] [data-number]').first()).toBeVisible({ timeout: 60_000 })
  await first.stop()
  await expect(page.getByText('No connection to Hearthgrid.')).toBeVisible()
  await expect(page.getByText(/Values are as of \d\d:\d\d:\d\d/)).toBeVisible()
  await expect(page.locator('[data-key="flow"] [data-stale]').first()).toBeVisible({ timeout: 60_000 })
  await keepPicture(page, info, 'lost')

  const again = await startHearthgrid(['--port', new URL(first.url).port], first.dataFolder)
  await expect(page.getByText('No connection to Hearthgrid.')).toBeHidden({ timeout: 30_000 })
  await expect(page.locator('[data-key="flow"] [data-number]').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('[data-stale]')).toHaveCount(0, { timeout: 60_000 })
  await again.stop()
})
