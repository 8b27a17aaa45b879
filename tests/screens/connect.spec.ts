import type { Page } from '@playwright/test'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture } from './picture.ts'
import { startController, startStranger, type Controller } from './simulated.ts'

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
  await own.call('commissioning.saveDraft', { draft: null })
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/connect`)
  await expect(page.getByRole('heading', { name: 'Connect', exact: true })).toBeVisible()
})

async function look(page: Page, host: string, port: number, unit = 1) {
  await page.getByLabel('Host').fill(host)
  await page.getByLabel('Port').fill(String(port))
  await page.getByLabel('Unit').fill(String(unit))
  await page.getByRole('button', { name: 'Look who answers' }).click()
}

const failed = (page: Page, code: string) => page.locator(`[data-failure="${code}"]`)

test('every wrong address has its own sentence, and what was typed stays', async ({ page }, info) => {
  const mute = await startStranger((socket) => socket.resume())
  const told = new Set<string>()
  const wrongs: [code: string, host: string, port: number, unit: number][] = [
    ['device.nameUnknown', 'no-such-controller.invalid', 502, 1],
    ['device.refused', '127.0.0.1', 1, 1],
    ['device.silent', '127.0.0.1', mute.port, 1],
    ['device.wrongUnit', '127.0.0.1', controller.port, 7],
  ]
  for (const [code, host, port, unit] of wrongs) {
    await look(page, host, port, unit)
    await expect(failed(page, code)).toBeVisible({ timeout: 20_000 })
    told.add((await failed(page, code).textContent()) ?? '')
    await expect(page.getByLabel('Host')).toHaveValue(host)
    await expect(page.getByLabel('Port')).toHaveValue(String(port))
    await expect(page.getByLabel('Unit')).toHaveValue(String(unit))
    await keepPicture(page, info, `connect-${code}`)
  }
  expect(told.size).toBe(wrongs.length)
  expect([...told].every((text) => !/device\.|\{\{/.test(text))).toBe(true)
  await mute.stop()
})

test('a form with faults asks nobody and says what is wrong', async ({ page }) => {
  await page.getByRole('button', { name: 'Look who answers' }).click()
  await expect(page.getByText('Enter the address of the controller.')).toBeVisible()
  await look(page, '10.0.0.5', 70_000)
  await expect(page.getByText('A whole number from 1 to 65535')).toBeVisible()
})

test('looking can be given up', async ({ page }) => {
  const mute = await startStranger((socket) => socket.resume())
  await look(page, '127.0.0.1', mute.port)
  await expect(page.getByRole('progressbar')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('What you need')).toBeVisible()
  await expect(page.getByLabel('Port')).toHaveValue(String(mute.port))
  await mute.stop()
})

test('a controller is recognised, added, read, and told when it no longer answers', async ({ page }, info) => {
  await look(page, `127.0.0.1:${controller.port}`, controller.port)
  await expect(page.getByRole('heading', { name: 'ECL Comfort 310 with application A266.1' })).toBeVisible()
  await expect(page.getByText('2.45')).toBeVisible()
  await keepPicture(page, info, 'connect-found')
  await page.getByLabel('Name').fill('Test house')
  await page.getByLabel('Place').fill('Long Street 7')
  await page.getByRole('combobox', { name: 'Labels' }).fill('north')
  await page.getByRole('combobox', { name: 'Labels' }).press('Enter')
  await page.getByRole('button', { name: 'Add this controller' }).click()

  await expect(page.getByRole('heading', { name: 'Test house is added' })).toBeVisible()
  await expect(page.getByText('It answers everything it has, and fast enough.')).toBeVisible()
  await expect(page.getByText('Reads per cycle')).toBeVisible()
  await keepPicture(page, info, 'connect-test')
  await page.getByRole('link', { name: 'Open the device' }).click()

  await expect(page.getByRole('heading', { name: 'Test house' })).toBeVisible()
  await expect(page.locator('[data-point="circuit1.flow"]')).toContainText(/\d+\.\d °C/, { timeout: 30_000 })
  await expect(page.locator('[data-contact="online"]').first()).toBeVisible()

  await page.goto(`${own.url}/connect`)
  await look(page, '127.0.0.1', controller.port)
  await expect(failed(page, 'device.duplicate')).toContainText('Test house')

  await controller.stop()
  await page.goto(`${own.url}/communication`)
  await expect(page.getByText('No contact').last()).toBeVisible({ timeout: 45_000 })
  await page.getByRole('button', { name: 'Try now' }).click()
  await keepPicture(page, info, 'communication-offline')
  await page.getByRole('link', { name: 'Test house' }).click()
  const flow = page.locator('[data-point="circuit1.flow"]')
  await expect(flow).toContainText('no contact')
  await expect(flow).not.toContainText('0.0')
  await keepPicture(page, info, 'values-offline')
})

test('a scan finds a controller, says what became of blinking, outlives a reload and hands over to connecting', async ({ page }, info) => {
  const other = await startController()
  await page.getByText('Scan', { exact: true }).click()
  await page.getByLabel('Addresses').fill('127.0.0.1')
  await page.getByLabel('Port').fill(String(other.port))
  await page.getByRole('button', { name: 'Look for controllers' }).click()
  const hit = page.locator('[data-hit="127.0.0.1/1"]')
  await expect(hit).toContainText('ECL Comfort 310 A266.1')
  await expect(hit).toContainText('serial number 4711')
  // The simulated controller has no such register, and nobody is told that it blinks.
  await hit.getByRole('button', { name: 'Let it blink' }).click()
  await expect(hit.getByRole('status')).toContainText('refused to blink')
  await keepPicture(page, info, 'connect-scan')
  await page.reload()
  await expect(hit).toContainText('ECL Comfort 310 A266.1')
  await hit.getByRole('button', { name: 'Connect' }).click()
  await page.getByLabel('Name').fill('Found house')
  await page.getByRole('button', { name: 'Add this controller' }).click()
  await expect(page.getByRole('heading', { name: 'Found house is added' })).toBeVisible()
  await page.getByRole('button', { name: 'Connect the next' }).click()
  await expect(page.getByLabel('Port')).toHaveValue(String(other.port))
  await page.getByText('Scan', { exact: true }).click()
  await expect(hit).toContainText('In the list as Found house')
  await other.stop()
})

test('what was typed is there again after a reload, and a profile is chosen by hand', async ({ page }, info) => {
  const other = await startController()
  await look(page, '127.0.0.1', other.port)
  await expect(page.getByRole('heading', { name: 'ECL Comfort 310 with application A266.1' })).toBeVisible()
  await page.getByLabel('Place').fill('Kept Street 3')
  await expect.poll(async () => (await own.call('commissioning.draft', {})).draft ?? '').toContain('Kept Street 3')
  await page.reload()
  await expect(page.getByLabel('Port')).toHaveValue(String(other.port))
  await page.getByRole('button', { name: 'Choose the profile by hand' }).click()
  await page.getByLabel('Maker, controller or application').fill('a230 1')
  await page.locator('[data-profile="danfoss/ecl310-a230.1"]').click()
  await expect(page.locator('[data-notice="chosenByHand"]')).toBeVisible()
  await expect(page.locator('[data-notice="otherRecognised"]')).toBeVisible()
  await expect(page.getByLabel('Place')).toHaveValue('Kept Street 3')
  await keepPicture(page, info, 'connect-by-hand')
  await other.stop()
})

test('a table of devices is looked through before anything is added', async ({ page }, info) => {
  await page.goto(`${own.url}/connect/table`)
  const rows = ['name;host;port;unit;profile', 'Depot;127.0.0.77;1;1;danfoss/ecl-comfort-110', ';10.0.0.5;;;', 'Pigeon;10.0.0.6;70000;;']
  const file = { name: 'devices.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) }
  await page.locator('input[type="file"]').setInputFiles(file)
  await expect(page.locator('[data-row="2"]')).toHaveAttribute('data-state', 'new')
  await expect(page.locator('[data-row="3"]')).toContainText('Every device needs a name')
  await expect(page.locator('[data-row="4"]')).toContainText('70000')
  await keepPicture(page, info, 'connect-table')
  await page.getByLabel('Add without asking the devices').check()
  await page.getByRole('button', { name: 'Add 1 device' }).click()
  await expect(page.locator('[data-row="2"]')).toHaveAttribute('data-state', 'added')
  await page.locator('[data-row="2"]').getByRole('link', { name: 'Depot' }).click()
  await expect(page.getByRole('heading', { name: 'Depot' })).toBeVisible()
  await page.goto(page.url().replace(/\/?$/, '/about'))
  await expect(page.locator('[data-encryption="unknown"]')).toBeVisible()
  await expect(page.getByText('Chosen by hand')).toBeVisible()
})
