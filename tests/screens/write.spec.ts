import { expect, test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

test.use({ demo: true })

const comfort = '[data-point="circuit1.comfort"]'

test.beforeEach(async ({ signedIn: page, hearthgrid }) => {
  const school = (await hearthgrid.call('devices.list', {})).find(({ name }) => name.startsWith('Schule'))
  await page.goto(`${hearthgrid.url}/devices/${school?.id}/settings`)
  await expect(page.getByText(/^Read at /)).toBeVisible({ timeout: 30_000 })
})

/** What the controller holds now, asked past the screens. */
async function held(hearthgrid: Parameters<Parameters<typeof test>[2]>[0]['hearthgrid'], point: string): Promise<number> {
  const school = (await hearthgrid.call('devices.list', {})).find(({ name }) => name.startsWith('Schule'))
  const [reading] = await hearthgrid.call('devices.readSettings', { id: school?.id ?? '', points: [point] })
  return reading?.value ?? Number.NaN
}

test('a comfort temperature is changed: pending first, confirmed once it was read back', async ({ signedIn: page, hearthgrid }, info) => {
  const before = await held(hearthgrid, 'circuit1.comfort')
  const after = before === 21.5 ? 20.5 : 21.5
  await page
    .locator(comfort)
    .getByRole('button', { name: /^Change/ })
    .click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`Now in the controller${before.toFixed(1)}\u00a0°C`)
  await expect(dialog).toContainText(/No\. 11180/)
  const send = dialog.getByRole('button', { name: 'Write to the controller' })
  await expect(send).toBeDisabled()
  const field = dialog.getByLabel('New value')
  await field.fill('99')
  await expect(dialog).toContainText('Enter a value from 5.0')
  await expect(send).toBeDisabled()
  await field.press('Enter')
  await expect(dialog).toBeVisible()
  await field.fill('20.55')
  await field.fill(String(after))
  await keepPicture(page, info, 'write-dialog')

  let letGo = () => {}
  const held0 = new Promise<void>((resolve) => (letGo = resolve))
  let asked = 0
  await page.route('**/points/circuit1.comfort/write', async (route) => {
    asked++
    await held0
    await route.continue()
  })
  await field.press('Enter')
  await expect(dialog).toBeHidden()
  const state = page.locator('[data-state]').filter({ hasText: `${after.toFixed(1)}\u00a0°C` })
  await expect(state).toHaveAttribute('data-state', 'pending')
  await expect(page.locator(comfort).locator('[data-number]')).toHaveText(before.toFixed(1))
  letGo()
  await expect(state).toHaveAttribute('data-state', 'done')
  await expect(state).toContainText('Confirmed')
  await expect(page.locator(comfort).locator('[data-number]')).toHaveText(after.toFixed(1))
  await expect(page.locator(comfort)).toContainText('command line')
  expect(asked).toBe(1)
  expect(await held(hearthgrid, 'circuit1.comfort')).toBe(after)
  await keepPicture(page, info, 'write-confirmed')

  await state.getByRole('button', { name: 'Seen' }).click()
  await expect(state).toBeHidden()
  await page.reload()
  await expect(page.locator(comfort)).toContainText(`${before.toFixed(1)}\u00a0°C → ${after.toFixed(1)}\u00a0°C`, { timeout: 30_000 })
})

test('Escape leaves everything as it is', async ({ signedIn: page, hearthgrid }) => {
  const before = await held(hearthgrid, 'circuit1.setback')
  await page
    .locator('[data-point="circuit1.setback"]')
    .getByRole('button', { name: /^Change/ })
    .press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/Now in the controller\d/)
  await dialog.getByLabel('New value').fill('18.5')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.locator('[data-point="circuit1.setback"]').getByRole('button', { name: /^Change/ })).toBeFocused()
  expect(await held(hearthgrid, 'circuit1.setback')).toBe(before)
})

test('a mode is chosen from a list, without manual mode, and only after its warning', async ({ signedIn: page, hearthgrid }, info) => {
  await page
    .locator('[data-point="circuit1.mode"]')
    .getByRole('button', { name: /^Change/ })
    .click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/Now in the controller\w/)
  const list = dialog.getByLabel('New value')
  await expect(list.locator('option')).not.toContainText(['Manual mode'])
  await list.selectOption('Constant comfort')
  const send = dialog.getByRole('button', { name: 'Write to the controller' })
  await expect(send).toBeDisabled()
  await keepPicture(page, info, 'write-mode')
  await dialog.getByLabel('I have read this').check()
  await send.click()
  await expect(page.locator('[data-state="done"]')).toContainText('Constant comfort')
  expect(await held(hearthgrid, 'circuit1.mode')).toBe(2)
})

test('an answer that never came is shown as unknown, not as done and not as failed', async ({ signedIn: page }) => {
  await page.route('**/points/circuit1.comfort/write', (route) => route.abort())
  await page
    .locator(comfort)
    .getByRole('button', { name: /^Change/ })
    .click()
  const field = page.getByRole('dialog').getByLabel('New value')
  await expect(page.getByRole('dialog')).toContainText(/Now in the controller\d/)
  await field.fill('22.5')
  await field.press('Enter')
  await expect(page.locator('[data-state="unknown"]')).toContainText('Unknown whether the controller took 22.5')
})

test('what the host refuses is told in words, and nothing was written', async ({ signedIn: page }) => {
  await page.route('**/points/circuit1.comfort/write', (route) =>
    route.fulfill({ status: 409, json: { code: 'write.conflict', params: { found: 19 } } }),
  )
  await page
    .locator(comfort)
    .getByRole('button', { name: /^Change/ })
    .click()
  const field = page.getByRole('dialog').getByLabel('New value')
  await expect(page.getByRole('dialog')).toContainText(/Now in the controller\d/)
  await field.fill('22.5')
  await field.press('Enter')
  await expect(page.locator('[data-state="failed"]')).toContainText('The controller now holds 19.0\u00a0°C')
})

test('a change is taken back by one click, compared and read back like any other', async ({ signedIn: page, hearthgrid }) => {
  const before = await held(hearthgrid, 'circuit1.comfort')
  await page
    .locator(comfort)
    .getByRole('button', { name: /^Change/ })
    .click()
  const field = page.getByRole('dialog').getByLabel('New value')
  await expect(page.getByRole('dialog')).toContainText(/Now in the controller\d/)
  await expect(page.getByRole('dialog')).toContainText(/\d+ today, \d+ in all/)
  await field.fill(String(before + 1))
  await field.press('Enter')
  await expect(page.locator('[data-state="done"]')).toContainText('Confirmed')
  await page.getByRole('button', { name: `Back to ${before.toFixed(1)}` }).click()
  await expect(page.locator('[data-state="done"]')).toContainText(`Confirmed: ${before.toFixed(1)}`)
  await expect(page.locator(comfort).getByRole('button', { name: /^Back to/ })).toHaveText(`Back to ${(before + 1).toFixed(1)}\u00a0°C`)
  expect(await held(hearthgrid, 'circuit1.comfort')).toBe(before)
})

test('a day of the week program is changed for other days too, each time on its own', async ({ signedIn: page, hearthgrid }, info) => {
  const id = async (edge: string) => held(hearthgrid, `circuit1.schedule.${edge}`)
  await page.getByRole('button', { name: 'Change Monday' }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Nothing changes.')
  await dialog.getByLabel('Comfort 1: from').selectOption('23:00')
  await dialog.getByLabel('Comfort 1: to').selectOption('05:00')
  await expect(dialog.getByRole('alert')).toContainText('ends before it begins')
  await expect(dialog.getByRole('button', { name: 'Write to the controller' })).toBeDisabled()
  await dialog.getByLabel('Comfort 1: from').selectOption('04:30')
  await dialog.getByText('Tuesday').click()
  await expect(dialog).toContainText('4 times are written')
  await keepPicture(page, info, 'week-dialog')
  await dialog.getByRole('button', { name: 'Write to the controller' }).click()
  await expect(page.getByText('4 of 4 times confirmed')).toBeVisible({ timeout: 20_000 })
  await keepPicture(page, info, 'week-written')
  for (const day of ['monday', 'tuesday']) expect([await id(`${day}.start1`), await id(`${day}.stop1`)]).toEqual([430, 500])
})
