import { readFileSync } from 'node:fs'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'
import { startController, type Controller } from './simulated.ts'

let own: Hearthgrid
let controller: Controller

test.beforeAll(async () => {
  ;[own, controller] = await Promise.all([startHearthgrid(), startController()])
})
test.afterAll(async () => {
  await own.stop()
  await controller.stop()
})
test.beforeEach(async ({ page }) => {
  await page.goto(await own.signInUrl())
})

test('what is covered is found by its key, with how sure it is and where it comes from', async ({ page }, info) => {
  await page.goto(`${own.url}/profiles`)
  const rows = page.locator('[data-profile]')
  await expect(rows.first()).toBeVisible()
  await keepPicture(page, info, 'controllers')
  expect(await sideways(page)).toBe(0)
  await page.getByRole('searchbox').fill('a266.10')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('From a document')
  await page.getByRole('searchbox').fill('A255')
  await expect(rows).toContainText('Unverified')
  await page.getByRole('searchbox').fill('a266.1 8')
  await page.getByRole('searchbox').fill('nothing of that kind')
  await expect(page.getByText('No controller matches')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('button', { name: /^Seen on a device/ }).click()
  await page.locator('[data-profile="danfoss/ecl310-a266.1"]').getByRole('link').click()
  await expect(page.locator('[data-point="outdoor"]')).toContainText('10201')
  await keepPicture(page, info, 'controller')
  expect(await sideways(page)).toBe(0)
})

const points = [
  'id;number;scale;quantity;role;faults;min;max;level',
  'outdoor;10201;0,01;temperature;measure;19200;;;',
  'room;10209;0.01;temperature;measure;19200;;;',
  'lost;4050;;;measure;;;;',
  'circuit1.comfort;11180;0.1;temperature;setting;;5;40;basic',
  'wrong one;1;x;;measure;;;;',
  ...Array.from({ length: 500 }, (_, i) => `more${i};${20_000 + i};;;measure;;;;`),
].join('\r\n')

test('a table of points is read in, put right, tried at the device, saved and a device connected with it', async ({ page }, info) => {
  const wide = info.project.name === 'desktop-size'
  await page.goto(`${own.url}/profiles/edit`)
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await field('Maker').fill('Acme')
  await field('Model').fill(`Heat ${info.project.name}`)
  await field('Name of the file').fill(`heat ${info.project.name}`)
  await field('What it does').fill('One heating circuit')
  await field('Source').fill('Acme, list rev. 3, p. 4')
  await page.getByRole('combobox', { name: 'Counting of the maker' }).click()
  await page.getByRole('option', { name: 'from 1', exact: true }).click()
  await page.locator('input[type="file"]').setInputFiles({ name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from(points) })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('504 rows are right.')
  await expect(dialog).toContainText('Line 6, id:')
  await expect(dialog).toContainText('Line 6, scale: is no number')
  await keepPicture(page, info, 'points-csv')
  await dialog.getByRole('button', { name: 'Replace the table' }).click()
  await expect(page.getByText('1 row has a fault')).toBeVisible()
  expect(await page.getByRole('row').count()).toBeLessThan(60)

  await page.getByLabel('Only rows with faults').click({ force: true })
  await page.getByRole('button', { name: 'wrong one' }).click()
  await expect(page.getByText('is no number').last()).toBeVisible()
  await keepPicture(page, info, 'points-fault')
  await page.getByRole('button', { name: 'Delete row' }).click()
  await page.getByLabel('Only rows with faults').click({ force: true })
  await page.getByPlaceholder('Filter by name or number').fill('')

  await field('Address').fill('127.0.0.1')
  await field('Port').fill(String(controller.port))
  await page.getByRole('button', { name: 'Read now' }).click()
  await expect(page.getByText('of 504 with a value')).toBeVisible()
  await expect(page.locator('[data-now="outdoor"]')).toContainText('°C')
  await expect(page.locator('[data-now="room"]')).toContainText('no sensor')
  await expect(page.getByRole('row').filter({ hasText: '4050' })).toContainText('the device does not have it')
  await page.locator('[data-now="outdoor"]').scrollIntoViewIfNeeded()
  await keepPicture(page, info, 'points')
  expect(await sideways(page)).toBe(0)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save CSV' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('circuit1.comfort;;11180;')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const id = `user/acme/heat-${info.project.name}`
  await expect(page.getByText(`Saved as ${id}.`)).toBeVisible()
  expect((await own.call('profiles.get', { id })).points).toHaveLength(504)
  await page.getByRole('link', { name: 'Connect a device with it' }).click()
  await page.getByLabel('Host').fill('127.0.0.1')
  await page.getByLabel('Port').fill(String(controller.port))
  await page.getByRole('button', { name: 'Look who answers' }).click()
  await expect(page.getByText(`Heat ${info.project.name}`).first()).toBeVisible()
  if (wide) await keepPicture(page, info, 'points-connect')
})

test('a hostile file is told and changes nothing', async ({ page }) => {
  await page.goto(`${own.url}/profiles`)
  const open = (text: string) =>
    page.locator('input[type="file"]').setInputFiles({ name: 'file.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect(page.locator('[data-profile]').first()).toBeVisible()
  const before = (await own.call('profiles.list', {})).length
  await open('{ "maker": ')
  await expect(page.getByText('This file is no JSON.')).toBeVisible()
  await open(JSON.stringify({ maker: 'Acme', model: 'x', run: 'something' }))
  await expect(page.locator('[data-failure="profile.faulty"]')).toBeVisible()
  expect((await own.call('profiles.list', {})).length).toBe(before)
})
