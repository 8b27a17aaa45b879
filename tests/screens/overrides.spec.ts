import { expect, test } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

test.use({ demo: true })

test('a forced output is seen from everywhere, and given back after a second look', async ({ signedIn: page, hearthgrid }, info) => {
  const school = (await hearthgrid.call('devices.list', {})).find(({ name }) => name.startsWith('Schule'))
  const id = school?.id ?? ''
  const forced = { id, point: 'relay1.override', value: 2, expect: 0, confirm: true }
  expect(await hearthgrid.call('devices.write', forced)).toMatchObject({ outcome: 'done' })
  const badge = page.getByRole('link', { name: '1 output forced' })
  await expect(badge).toBeVisible({ timeout: 30_000 })
  await badge.click()
  const row = page.locator('[data-point="relay1.override"]')
  await expect(row).toContainText(school?.name ?? 'no school')
  await expect(row).toContainText('since')
  await keepPicture(page, info, 'overrides')
  expect(await sideways(page)).toBe(0)
  await row.getByRole('button', { name: 'Give back to automatic' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Each controller decides again for itself')
  await keepPicture(page, info, 'overrides-confirm')
  await dialog.getByRole('button', { name: 'Give back to automatic' }).click()
  await expect(page.getByText('1 of 1 confirmed')).toBeVisible({ timeout: 20_000 })
  await expect(row).toBeHidden()
  await expect(badge).toBeHidden()
  const [reading] = await hearthgrid.call('devices.readSettings', { id, points: ['relay1.override'] })
  expect(reading?.value).toBe(0)
})

test('a free input gets a meaning, and is then a value like any other', async ({ signedIn: page, hearthgrid }, info) => {
  const school = (await hearthgrid.call('devices.list', {})).find(({ name }) => name.startsWith('Schule'))
  await page.goto(`${hearthgrid.url}/devices/${school?.id}/inputs`)
  const row = page.locator('[data-input="input8"]')
  await row.getByRole('button', { name: /Set up/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is connected').selectOption('voltage')
  await dialog.getByLabel('Name').fill('Network pressure')
  await dialog.getByLabel('What it measures').selectOption('pressure')
  await dialog.getByLabel('means').last().fill('16')
  await expect(dialog).toContainText('Value now')
  await keepPicture(page, info, 'input-dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('Network pressure')
  await keepPicture(page, info, 'inputs')
  expect(await sideways(page)).toBe(0)
  await page.goto(`${hearthgrid.url}/devices/${school?.id}`)
  await expect(page.getByText('Network pressure')).toBeVisible()
})

test('the page of an ECL says that its service log is not available', async ({ signedIn: page, hearthgrid }, info) => {
  const school = (await hearthgrid.call('devices.list', {})).find(({ name }) => name.startsWith('Schule'))
  await page.goto(`${hearthgrid.url}/devices/${school?.id}/about`)
  await expect(page.getByRole('region', { name: 'Service log of the controller' })).toContainText('Not available.')
  await keepPicture(page, info, 'about-log')
})
