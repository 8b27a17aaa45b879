import { expect, test } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

test.use({ demo: true })

test('a formula is written, checked while it is typed, tried on the last day, and is then a value like any other', async ({
  signedIn: page,
  hearthgrid,
}, info) => {
  const [first] = (await hearthgrid.call('devices.list', {})).filter(({ simulated }) => simulated)
  const name = first?.name ?? ''
  await page.goto(`${hearthgrid.url}/virtual`)
  await expect(page.getByText('No calculated points yet')).toBeVisible()
  await page.getByRole('link', { name: 'New formula' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Spread')
  await page.getByLabel('Name of the new device').fill('Whole plant')
  const field = page.getByLabel('Formula', { exact: true })
  const save = page.getByRole('button', { name: 'Save' })

  await field.fill(`[${name} / circuit1.flow] + [${name} / circuit1.return]`)
  await expect(page.getByRole('alert')).toContainText('Two temperatures cannot be added')
  await expect(page.locator('mark')).toContainText('circuit1.flow')
  await expect(save).toBeDisabled()
  await keepPicture(page, info, 'formula-fault')

  await field.fill(`[${name} / circuit1.flow] - [${name} / circuit1.return]`)
  await expect(page.locator('[data-result]')).toContainText('K', { timeout: 20_000 })
  await expect(page.locator('[data-test-values]')).toContainText('last')
  await keepPicture(page, info, 'formula-editor')
  expect(await sideways(page)).toBe(0)
  await save.click()

  const row = page.locator('[data-formula="calculated1"]')
  await expect(row).toContainText('Spread')
  await expect(row).toContainText('K', { timeout: 20_000 })
  await row.getByRole('button', { name: /What to do/ }).click()
  await page.getByRole('menuitem', { name: 'Calculate the past' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click()
  await expect(page.locator('[data-job="done"]')).toContainText('values', { timeout: 30_000 })
  await keepPicture(page, info, 'formulas')
  expect(await sideways(page)).toBe(0)

  await row.getByRole('link', { name: 'Whole plant' }).click()
  await expect(page.locator('[data-point="calculated1"]')).toContainText('Spread')
  const [made] = await hearthgrid.call('virtual.list', {})
  await hearthgrid.call('virtual.remove', { id: made?.id ?? 0 })
  await hearthgrid.call('devices.remove', { id: made?.device ?? '' })
})
