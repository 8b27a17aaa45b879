import { readFileSync } from 'node:fs'
import { expect, townTest as test } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

const columns = 'outdoor,circuit1.flow,circuit1.return'

test('devices stand side by side, and the one that differs most comes first', async ({ signedIn: page, hearthgrid }, info) => {
  await page.goto(`${hearthgrid.url}/overview?points=${columns}`)
  const rows = page.locator('[role="row"][data-device]')
  await expect(rows.first()).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('[data-figure="median"]')).toContainText('°C', { timeout: 60_000 })
  const times = async () =>
    (await rows.locator('[role="cell"]:nth-child(2)').allTextContents()).flatMap((text) => (text === '–' ? [] : [Number(text.slice(2))]))
  await expect.poll(async () => (await times()).length, { timeout: 60_000 }).toBeGreaterThan(5)
  const sizes = await times()
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  await keepPicture(page, info, 'overview')
  expect(await sideways(page)).toBe(0)

  await page
    .getByRole('columnheader', { name: /Return/ })
    .getByRole('button')
    .click()
  await expect(page).toHaveURL(/sort=circuit1.return/)
  await expect(page.getByRole('columnheader', { name: /Return/ })).toHaveAttribute('aria-sort', 'descending')
})

test('a rule is kept as a preset, opened again, and taken away', async ({ signedIn: page, hearthgrid }, info) => {
  await page.goto(`${hearthgrid.url}/overview?points=${columns}`)
  await page.getByRole('button', { name: /devices$/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: 'Add a condition' }).click()
  await drawer.getByLabel('Value', { exact: true }).fill('-90')
  await expect(page).toHaveURL(/when=.*-90/)
  await drawer.getByLabel('Filter by name, place, application').fill('kita')
  await expect(drawer.getByRole('status')).toContainText('2 devices')
  await keepPicture(page, info, 'overview-devices')
  await drawer.getByRole('button', { name: 'Done' }).last().click()

  await page.getByRole('button', { name: 'Presets' }).click()
  const name = `Small children ${info.project.name}`
  await page.getByLabel('Keep what is shown now').fill(name)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator(`[data-preset="${name}"]`)).toBeVisible()
  await keepPicture(page, info, 'overview-presets')
  await page.goto(`${hearthgrid.url}/overview?points=hotWater.flow`)
  await page.getByRole('button', { name: '1 column' }).click()
  await drawer.getByLabel('Columns of a preset').click()
  await page.getByRole('option', { name }).click()
  await expect(drawer.getByRole('status')).toContainText('3 of 20')
  await drawer.getByRole('button', { name: 'Done' }).last().click()
  await expect(page).not.toHaveURL(/kita/)
  await page.getByRole('button', { name: 'Presets' }).click()
  await page.locator(`[data-preset="${name}"]`).click()
  await expect(page).toHaveURL(/q=kita/)
  await expect(page.locator('[role="row"][data-device]')).toHaveCount(2)

  await page.getByRole('button', { name: 'Presets' }).click()
  await page.getByRole('button', { name: `More about ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.locator(`[data-preset="${name}"]`)).toBeHidden()
})

test('columns and devices are picked by hand, a value leads to its chart, and the table is saved', async ({
  signedIn: page,
  hearthgrid,
}, info) => {
  await page.goto(`${hearthgrid.url}/overview?points=outdoor`)
  await page.getByRole('button', { name: '1 column' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('Device, place, label or point').fill('circuit 1 desired flow')
  await drawer.locator('[data-point="circuit1.flowReference"]').getByRole('checkbox').check()
  await keepPicture(page, info, 'overview-columns')
  await drawer.getByRole('button', { name: 'Done' }).last().click()
  await expect(page.locator('[data-column="circuit1.flowReference"]')).toBeAttached()

  await page.getByRole('button', { name: /devices$/ }).click()
  await drawer.getByText('By hand', { exact: true }).click()
  await drawer.getByLabel('Filter by name, place, application').fill('schule am')
  await drawer.getByRole('checkbox').first().check()
  await drawer.getByRole('button', { name: 'Done' }).last().click()
  const row = page.locator('[role="row"][data-device]')
  await expect(row).toHaveCount(1)

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  const file = await saving
  expect(file.suggestedFilename()).toMatch(/^overview-\d{4}-\d\d-\d\d\.csv$/)
  const text = readFileSync(await file.path(), 'utf8')
  expect(text).toContain('Schule am Kloster')
  expect(text.trim().split('\r\n')).toHaveLength(2)

  await row.locator('a[href*="points=outdoor"]').click()
  await expect(page).toHaveURL(/\/devices\/.+\/chart\?points=outdoor/)
})
