import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

// Rules raise alarms that other tests of the demo town should not find.
let hearthgrid: Hearthgrid
test.beforeAll(async () => {
  test.setTimeout(180_000)
  hearthgrid = await startHearthgrid(['--demo', '--demo-days', '1'])
})
test.afterAll(async () => {
  await hearthgrid.stop()
  rmSync(hearthgrid.dataFolder, { recursive: true, force: true })
})

const ruleNamed = async (name: string) => (await hearthgrid.call('alarms.rules', {})).rules.find((rule) => rule.name === name)

/** Goes to a step as somebody without a mouse does. */
async function open(page: Page, step: string): Promise<void> {
  await page.locator(`[data-step="${step}"]`).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator(`[data-step="${step}"]`)).toHaveAttribute('aria-current', 'step')
}

test('the recommended rules are taken, and one is removed and brought back', async ({ page }, info) => {
  await page.goto(await hearthgrid.signInUrl())
  await page.goto(`${hearthgrid.url}/alarms/rules`)
  await page.getByRole('button', { name: /Take the \d+ recommended ones/ }).click()
  await expect(page.locator('[data-rule]').filter({ hasText: 'Return too high' })).toContainText('high above 55 °C')
  await expect(page.locator('[data-share="critical"]')).toContainText('target 1 %')
  await keepPicture(page, info, 'alarm-rules')
  expect(await sideways(page)).toBe(0)

  const row = page.locator('[data-rule]').filter({ hasText: 'Frost risk in rooms' })
  await row.getByRole('button', { name: /What to do/ }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('switch', { name: 'Show removed rules' }).check({ force: true })
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(row.getByRole('switch')).not.toBeChecked()
  expect(await ruleNamed('Frost risk in rooms')).toMatchObject({ enabled: false, removedAt: null, library: 'frostRoom' })

  await page.goto(`${hearthgrid.url}/alarms/rules/library`)
  await expect(page.locator('[data-ready="returnHigh"]')).toContainText('Taken')
  await keepPicture(page, info, 'alarm-library')
  expect(await sideways(page)).toBe(0)
})

test('a rule is written by keyboard alone, outlives a reload, and is saved disabled', async ({ page }, info) => {
  await page.goto(await hearthgrid.signInUrl())
  await page.goto(`${hearthgrid.url}/alarms/rules/edit`)
  await page.locator('[data-kind="limit"]').first().waitFor()
  await open(page, 'name')
  await page.keyboard.press('Tab')
  await page.keyboard.type('School returns hot water')
  await open(page, 'devices')
  await page.getByRole('radio', { name: 'One by one' }).focus()
  await page.keyboard.press('Space')
  await page.locator('[data-device]').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('In the rule (1)').first()).toBeVisible()

  await open(page, 'point')
  await page.getByRole('combobox', { name: 'Points' }).first().focus()
  await page.keyboard.type('return temperature, every circuit')
  await expect(page.getByRole('option').first()).toContainText('Return temperature, every circuit')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByLabel('High', { exact: true }).focus()
  await page.keyboard.type('48.5')
  await page.getByLabel('Low', { exact: true }).focus()
  await page.keyboard.type('60')
  await expect(page.locator('[data-fault="limitsCross"]')).toBeVisible()
  await keepPicture(page, info, 'alarm-rule-point')
  await page.getByLabel('Low', { exact: true }).fill('')
  await expect(page.locator('[data-fault]')).toHaveCount(0)
  await expect(page.locator('[data-effect="1"]')).toContainText('1 device')

  await open(page, 'overview')
  await page.reload()
  await expect(page.locator('[data-step="overview"]')).toHaveAttribute('aria-current', 'step')
  await expect(page.getByRole('definition').filter({ hasText: 'high above 48.5 °C' })).toBeVisible()
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'alarm-rule-overview')
  await page.getByRole('button', { name: 'Save disabled' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/alarms\/rules$/)
  expect(await ruleNamed('School returns hot water')).toMatchObject({
    enabled: false,
    test: { kind: 'limit', points: ['circuit.return'], high: 48.5, low: null, deadband: 1 },
    onDelayS: 300,
  })
})

test('one device gets another limit, and who saves second is told what the first changed', async ({ page }, info) => {
  const before = await ruleNamed('School returns hot water')
  if (!before) throw new Error('the rule of the test before is missing')
  await page.goto(await hearthgrid.signInUrl())
  await page.goto(`${hearthgrid.url}/alarms/rules/edit?rule=${before.id}`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Device' }).click()
  await page.getByRole('option').first().click()
  await dialog.getByLabel('High', { exact: true }).fill('62')
  await dialog.getByLabel('Reason').fill('old radiators')
  await dialog.getByRole('button', { name: 'Take over' }).click()
  await expect(page.locator('[data-override]')).toContainText('High: 62 °C')

  await hearthgrid.call('alarms.enableRule', { id: before.id, enabled: true })
  await page.getByRole('button', { name: 'Save disabled' }).click()
  const told = page.getByRole('alert').filter({ hasText: 'changed this rule meanwhile' })
  await expect(told).toContainText('On or off')
  await keepPicture(page, info, 'alarm-rule-conflict')
  await told.getByRole('button', { name: /Go on with mine/ }).click()
  await page.getByRole('button', { name: 'Save enabled' }).click()
  await expect(page).toHaveURL(/\/alarms\/rules$/)
  const after = await ruleNamed('School returns hot water')
  expect(after).toMatchObject({ enabled: true, overrides: [{ values: { high: 62 }, reason: 'old radiators' }] })
})
