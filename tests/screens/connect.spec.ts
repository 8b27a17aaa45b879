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
  await page.getByRole('button', { name: 'Add this controller' }).click()

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
