import type { Locator, Page } from '@playwright/test'
import { DataType, openOpcua } from '../flows/opcua-plant.ts'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture } from './picture.ts'

let own: Hearthgrid
let server: Awaited<ReturnType<typeof openOpcua>>

test.beforeAll(async () => {
  ;[own, server] = await Promise.all([
    startHearthgrid(),
    openOpcua({
      secure: true,
      users: { anna: 'sehr geheim' },
      nodes: [
        { path: 'Station 1/Flow', type: DataType.Double, value: 615 },
        { path: 'Station 1/Return', type: DataType.Double, value: 41.5 },
        { path: 'Station 1/Firmware', type: DataType.String, value: 'R9' },
        { path: 'Station 1/Circuits/Comfort', type: DataType.Float, value: 21, writable: true },
      ],
    }),
  ])
})
test.afterAll(async () => {
  await own.stop()
  await server.stop()
})

const button = (at: Page | Locator, name: string | RegExp) => at.getByRole('button', { name, exact: typeof name === 'string' })

test('a device behind an OPC UA server is found, trusted, mapped and added', async ({ page }, info) => {
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/connect`)
  await page.getByRole('link', { name: 'Behind an OPC UA server' }).click()
  await page.getByLabel('Server', { exact: true }).fill(`opc.tcp://127.0.0.1:${server.port}/stations`)
  await expect(page.getByLabel('Path')).toHaveValue('/stations')
  await button(page, 'Look what it offers').click()

  await expect(page.getByRole('radio', { name: /Signed and encrypted/ })).toBeChecked()
  await keepPicture(page, info, 'opcua-security')
  await expect(page.getByText('Not trusted yet')).toBeVisible()
  await expect(button(page, 'Sign in')).toBeDisabled()
  await button(page, 'Trust this certificate').click()
  await button(page, 'It is the right one').click()
  await expect(page.getByText('Trusted', { exact: true })).toBeVisible()
  await page.getByLabel('User name').fill('anna')
  await page.getByLabel('Password', { exact: true }).fill('falsch')
  await button(page, 'Sign in').click()
  await expect(page.locator('[data-failure="opcua.accessDenied"]')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill('sehr geheim')
  await button(page, 'Sign in').click()

  await button(page, 'Station 1').click()
  await button(page, 'Station 1 is the device').click()
  await button(page, 'Use Flow').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Point', { exact: true }).fill('circuit1.flow')
  await page.keyboard.press('Tab')
  await dialog.getByRole('combobox', { name: 'Unit in the server' }).click()
  await page.getByRole('option', { name: '°C × 10', exact: true }).click()
  await expect(dialog.getByText('61.5 °C')).toBeVisible()
  await keepPicture(page, info, 'opcua-point')
  await button(dialog, 'Take').click()

  await page.getByRole('combobox', { name: 'What it is' }).click()
  await page.getByRole('option', { name: 'NOPRO OPR0020' }).click()
  await expect(page.getByText('This one is needed.')).toHaveCount(2)
  await expect(button(page, 'Next')).toBeDisabled()
  const row = (name: string) =>
    page
      .getByRole('listitem')
      .filter({ hasText: name })
      .filter({ has: page.getByRole('button', { name: /^Remove/ }) })
  await button(row('Firmware'), 'Choose a node').click()
  await button(page, 'Use Firmware').click()
  await button(row('Circuit 1: Return').first(), 'Choose a node').click()
  await button(page, 'Use Return').click()
  await expect(page.getByText('3 points have their node')).toBeVisible()
  await keepPicture(page, info, 'opcua-points')
  await button(page, 'Next').click()

  await expect(page.getByText('All 3 nodes are there.')).toBeVisible()
  await page.getByLabel('Name of the mapping').fill(`OPR ${info.project.name}`)
  await page.getByLabel('Name', { exact: true }).fill('Station 1')
  await keepPicture(page, info, 'opcua-finish')
  await button(page, 'Add the device').click()
  await expect(page.getByRole('heading', { name: 'Station 1' })).toBeVisible()
  await expect(page.getByText('61.5').first()).toBeVisible()
  const [device] = await own.call('devices.list', {})
  await own.call('devices.remove', { id: device?.id ?? '' })
  await own.call('opcua.distrust', { host: '127.0.0.1', port: server.port })
})

test('the wizard goes on where it was left, without the password', async ({ page }) => {
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/connect/opcua`)
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Port').fill(String(server.port))
  await page.getByLabel('Path').fill('/stations')
  await button(page, 'Look what it offers').click()
  await page.getByRole('radio', { name: /^Unprotected/ }).click()
  await page.getByLabel('User name').fill('anna')
  await page.getByLabel('Password', { exact: true }).fill('sehr geheim')
  await page.reload()
  await expect(page.getByRole('radio', { name: /^Unprotected/ })).toBeChecked()
  await expect(page.getByLabel('User name')).toHaveValue('anna')
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('geheim')
})
